package switchboard.ticketing.reply;

import java.util.List;
import java.util.Locale;

/// Drops the name from the signature when the reply already ends with its writer's name.
public final class SignOff {
    /// A name stands in the first lines of a signature, after a greeting at most.
    private static final int LINES_MAX = 3;

    private SignOff() {}

    /// @return the rest of the signature to append to the text; may be empty
    public static String remaining(String text, String signature) {
        if (signature == null || signature.isBlank()) return "";
        var lines = signature.strip().lines().toList();
        var last = plain(text.strip().lines().toList().reversed());
        for (int line = 0; line < Math.min(LINES_MAX, lines.size()); line++) {
            if (!last.isEmpty() && plain(lines.subList(line, line + 1)).equals(last)) {
                return String.join("\n", lines.subList(line + 1, lines.size())).strip();
            }
        }
        return signature.strip();
    }

    private static String plain(List<String> lines) {
        return lines.isEmpty() ? "" : lines.getFirst().replaceAll("^[\\p{Punct}\\s\u2013\u2014]+|[\\p{Punct}\\s]+$", "")
                .toLowerCase(Locale.ROOT);
    }
}
