package switchboard.ticketing.conversation;

import java.util.List;

/// The one line that a list shows of the last message. Only this class shortens it.
public final class Preview {
    public static final int CHARS_MAX = 140;
    private Preview() {}

    /// @param files names of the message's files, which stand in where it has no words
    /// @return one line of at most [#CHARS_MAX] characters; empty when there is nothing to show
    public static String of(String text, List<String> files) {
        var words = line(text);
        return words.isEmpty() ? line(String.join(", ", files)) : words;
    }

    /// The beginning of `text` as one line.
    public static String line(String text) {
        var line = new StringBuilder(CHARS_MAX + 1);
        boolean apart = false;
        for (int i = 0; i < text.length() && line.length() <= CHARS_MAX; i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c);
            if (!space && apart && !line.isEmpty()) line.append(' ');
            if (!space && !turns(c)) line.append(c);
            apart = space;
        }
        return cut(line.toString(), CHARS_MAX);
    }

    /// A stranger's text without the controls that change the writing direction of the text around it.
    public static String straight(String text) {
        if (text.chars().noneMatch(c -> turns((char) c))) return text;
        return text.chars().filter(c -> !turns((char) c))
                .collect(StringBuilder::new, (kept, c) -> kept.append((char) c), StringBuilder::append).toString();
    }

    /// Never inside a pair of surrogates.
    public static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax);
    }

    /// Embeddings, overrides and isolates (Unicode 9.0, UAX 9). Plain marks such as U+200F stay.
    private static boolean turns(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    }
}
