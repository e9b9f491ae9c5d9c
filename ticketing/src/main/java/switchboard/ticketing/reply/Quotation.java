package switchboard.ticketing.reply;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Sql;

/// The quotation below a reply: the answered message under an attribution line, in a form that mail programs and our
/// own `QuoteFolding` recognise when it comes back. It quotes that one message only, so it never contains a note or
/// another recipient's mail.
///
/// @param html null for a reply without HTML
record Quotation(String text, String html) {
    private static final int CHARS_MAX = 16_000;
    private static final DateTimeFormatter ENGLISH =
            DateTimeFormatter.ofPattern("EEE, MMM d, yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CHINESE =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Whether the company's replies quote; they do by default.
    static boolean wanted(Sql sql) {
        return sql.value(Boolean.class, "select (value ->> 'quoteHistory')::boolean from setting where name = 'mail'")
                .orElse(true);
    }

    /// @param language of the ticket
    static Optional<Quotation> of(Answered answered, String language, boolean html) {
        var words = cut(answered.text().strip().replace("\r\n", "\n"));
        if (words.isEmpty() || !answered.reader()) return Optional.empty();
        var head = head(answered, language);
        var text = head + "\n" + words.lines().map(line -> line.isBlank() ? ">" : "> " + line)
                .collect(Collectors.joining("\n"));
        return Optional.of(new Quotation(text, html ? "<p>" + escaped(head) + "</p><blockquote type=\"cite\">"
                + escaped(words).replace("\n", "<br>") + "</blockquote>" : null));
    }

    private static String head(Answered answered, String language) {
        var name = answered.authorName().replaceAll("[\\s<>]+", " ").strip();
        var who = name.isEmpty() || name.equalsIgnoreCase(answered.sender()) ? "<" + answered.sender() + ">"
                : name + " <" + answered.sender() + ">";
        return language.startsWith("zh") ? "在 " + CHINESE.format(answered.at()) + "，" + who + " 写道："
                : "On " + ENGLISH.format(answered.at()) + ", " + who + " wrote:";
    }

    /// As many whole lines as fit.
    private static String cut(String words) {
        if (words.length() <= CHARS_MAX) return words;
        int end = words.lastIndexOf('\n', CHARS_MAX);
        if (end < CHARS_MAX / 2) end = Character.isHighSurrogate(words.charAt(CHARS_MAX - 1)) ? CHARS_MAX - 1
                : CHARS_MAX;
        return words.substring(0, end).stripTrailing() + "\n…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
