package switchboard.ticketing.conversation;

import java.lang.Character.UnicodeScript;

/// Which of our languages a text is in, by its script.
public final class Language {
    private static final int CHARS_LOOKED_AT = 2000;
    private static final int FIRST_EAST_ASIAN = 0x2E80;
    private static final double HAN_SHARE = 0.15;

    private Language() {}

    /// @return `zh-CN` when at least 15 % of the letters are Han and no kana is among them, otherwise `en`
    public static String of(String text) {
        int end = Math.min(text.length(), CHARS_LOOKED_AT);
        if (!anyEastAsian(text, end)) return "en";
        int letters = 0;
        int han = 0;
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            if (!Character.isLetter(letter)) continue;
            letters++;
            if (letter < FIRST_EAST_ASIAN) continue;
            var script = UnicodeScript.of(letter);
            if (script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA) return "en";
            if (script == UnicodeScript.HAN) han++;
        }
        return letters > 0 && han >= letters * HAN_SHARE ? "zh-CN" : "en";
    }

    private static boolean anyEastAsian(String text, int end) {
        for (int i = 0; i < end; i++) if (text.charAt(i) >= FIRST_EAST_ASIAN) return true;
        return false;
    }
}
