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
        var letters = text.codePoints().limit(CHARS_LOOKED_AT).filter(Character::isLetter).toArray();
        long han = 0;
        for (int letter : letters) {
            if (letter < FIRST_EAST_ASIAN) continue;
            var script = UnicodeScript.of(letter);
            if (script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA) return "en";
            if (script == UnicodeScript.HAN) han++;
        }
        return letters.length > 0 && han >= letters.length * HAN_SHARE ? "zh-CN" : "en";
    }
}
