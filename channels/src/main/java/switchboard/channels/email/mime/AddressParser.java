package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Parses an address field as real mail programs write it, standard (RFC 5322, 6532) or not: names in any script that
/// contain commas, brackets or addresses; open quotes and angle brackets; semicolons as separators. It finds every
/// intended address and invents none. The caller decides whether several addresses are acceptable. Takes linear time.
final class AddressParser {
    private static final int ANGLE_CHARS_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 500;
    private static final Pattern AROUND_SIGNS = Pattern.compile("\\s{1,9}(?=[.@])|(?<=[.@])\\s{1,9}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final String NOT_IN_ADDRESS = " <>,;:\"()\\\u007f";

    private final String value;
    private final int limit;
    private final int lastQuote;
    private final List<MailAddress> found = new ArrayList<>();
    /// A surname before a comma: part of the next person's name.
    private String before = "";
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private final List<String> angles = new ArrayList<>();
    private boolean group;
    private boolean commentsClose = true;
    private int at;

    private AddressParser(String value, int limit) {
        this.value = value;
        this.limit = limit;
        this.lastQuote = value.lastIndexOf('"');
    }

    /// @param value unfolded, with encoded words as received
    /// @param limit the largest number of addresses; one more in the result shows that there are more
    static List<MailAddress> parse(String value, int limit) {
        return new AddressParser(HeaderText.clean(value), limit).run();
    }

    private List<MailAddress> run() {
        while (at < value.length() && found.size() <= limit) {
            char c = value.charAt(at);
            int word = c == '=' ? EncodedWords.end(value, at) : -1;
            if (word > 0) {
                phrase.append(value, at, word);
                at = word;
                continue;
            }
            switch (c) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> angle();
                case ',' -> next(",");
                case ';' -> semicolon();
                case ':' -> colon();
                case '>' -> at++;
                case '\\' -> {
                    if (at + 1 < value.length()) phrase.append(value.charAt(at + 1));
                    at += 2;
                }
                default -> {
                    phrase.append(c);
                    at++;
                }
            }
        }
        next("");
        return found;
    }

    private void quoted() {
        int from = ++at;
        if (from > lastQuote) return; // opened and never closed: no quote
        var text = new StringBuilder();
        while (at < value.length() && value.charAt(at) != '"') {
            if (value.charAt(at) == '\\' && at + 1 < value.length()) at++;
            text.append(value.charAt(at++));
        }
        if (at >= value.length()) {
            at = from;
            return;
        }
        at++;
        // A quoted local part is one word, whatever it contains; an address with spaces can't be used.
        boolean local = at < value.length() && value.charAt(at) == '@';
        phrase.append(local ? text.toString().replace(' ', '\u0001') : text);
    }

    private void comment() {
        int depth = 0;
        var text = new StringBuilder();
        for (int i = at; commentsClose && i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                text.append(value.charAt(++i));
                continue;
            }
            if (c == '(') depth++;
            if (c == ')' && --depth == 0) {
                if (comment.length() < NAME_CHARS_MAX) comment.append(text.substring(1)).append(' ');
                at = i + 1;
                return;
            }
            text.append(c);
        }
        commentsClose = false;
        at++;
    }

    /// Reads to the closing bracket or the start of the next address.
    private void angle() {
        int from = ++at;
        int end = from;
        while (end < value.length() && end - from < ANGLE_CHARS_MAX && "<>".indexOf(value.charAt(end)) < 0) end++;
        boolean closed = end < value.length() && value.charAt(end) == '>';
        if (!closed) {
            int comma = from;
            while (comma < end && ",;".indexOf(value.charAt(comma)) < 0) comma++;
            end = comma;
        }
        var inside = value.substring(from, end);
        if (inside.indexOf('@') < 0) {
            // `<<a@b>>`, or a bracket within a name.
            if (!inside.isBlank()) phrase.append('<');
            return;
        }
        if (inside.stripLeading().startsWith("@")) angles.add(inside);
        else angles.addAll(List.of(inside.split("[,;]", ANGLE_CHARS_MAX)));
        at = closed ? end + 1 : end;
    }

    private void semicolon() {
        boolean closes = group;
        next(closes ? "" : ";");
        group = false;
        if (closes) before = "";
    }

    /// `Team: a@b, c@d;` is a group; `mailto:` is only a prefix.
    private void colon() {
        at++;
        var name = phrase.toString();
        if (!angles.isEmpty() || name.indexOf('@') >= 0) {
            phrase.append(':');
        } else if (name.toLowerCase(Locale.ROOT).endsWith("mailto")) {
            phrase.setLength(name.length() - "mailto".length());
        } else {
            phrase.setLength(0);
            before = "";
            group = true;
        }
    }

    private void next(String delimiter) {
        at++;
        var name = phrase.toString().strip();
        if (!angles.isEmpty()) {
            var whole = (before + " " + (name.isEmpty() ? comment.toString().strip() : name)).strip();
            angles.forEach(angle -> add(whole.endsWith(",") ? whole.substring(0, whole.length() - 1) : whole,
                    route(angle)));
            before = "";
        } else if (name.indexOf('@') >= 0) {
            bare(name);
            before = "";
        } else if (name.contains("=?") && encoded(name)) {
            before = "";
        } else if (!name.isEmpty()) {
            var joined = (before + " " + name).strip() + delimiter;
            before = joined.length() > NAME_CHARS_MAX ? "" : joined;
        }
        phrase.setLength(0);
        comment.setLength(0);
        angles.clear();
    }

    /// Some programs encode name and address together. The angle brackets tell an address from a name that looks like
    /// one.
    private boolean encoded(String name) {
        var decoded = HeaderText.header(name);
        if (decoded.indexOf('<') < 0 || decoded.contains("=?")) return false;
        var inside = new AddressParser(decoded, limit).run();
        return found.addAll(inside);
    }

    /// An address without angle brackets, alone or after a name.
    private void bare(String text) {
        var words = BLANKS.split(AROUND_SIGNS.matcher(text).replaceAll(""));
        var name = new StringBuilder();
        for (var word : words) {
            if (word.indexOf('@') < 0 && name.length() < NAME_CHARS_MAX) name.append(' ').append(word);
        }
        var shown = name.isEmpty() ? comment.toString().strip() : name.substring(1);
        for (var word : words) if (word.indexOf('@') >= 0) add(shown, unwrapped(word));
    }

    private static String unwrapped(String word) {
        var inside = word;
        for (int open; inside.length() > 2 && (open = "'\"([".indexOf(inside.charAt(0))) >= 0;) {
            boolean closed = inside.charAt(inside.length() - 1) == "'\")]".charAt(open);
            inside = inside.substring(1, closed ? inside.length() - 1 : inside.length());
        }
        return inside;
    }

    /// Drops the route or scheme before the address.
    private static String route(String inside) {
        var address = AROUND_SIGNS.matcher(inside.strip()).replaceAll("");
        boolean routed = address.startsWith("@") || address.regionMatches(true, 0, "mailto:", 0, 7);
        return routed ? address.substring(address.lastIndexOf(':') + 1) : address;
    }

    private void add(String name, String text) {
        var address = UNSEEN.matcher(text).replaceAll("");
        int sign = address.lastIndexOf('@');
        if (sign <= 0 || found.size() > limit) return;
        var local = address.substring(0, sign);
        if (local.length() > 2 && local.startsWith("\"") && local.endsWith("\"")) {
            local = local.substring(1, local.length() - 1);
        }
        var domain = address.substring(sign + 1);
        if (domain.endsWith(".")) domain = domain.substring(0, domain.length() - 1);
        var shown = HeaderText.header(name);
        boolean quoted = shown.length() > 2 && shown.startsWith("'") && shown.endsWith("'");
        var mailbox = MailAddress.of(quoted ? shown.substring(1, shown.length() - 1) : shown, local, domain);
        if (isAddress(mailbox.address())) found.add(mailbox);
    }

    /// A domain may be a bracketed literal.
    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1 || at != text.lastIndexOf('@')) return false;
        int bracket = Math.max(text.lastIndexOf('[', at), text.lastIndexOf(']', at));
        return bracket < 0 && text.chars().noneMatch(c -> c < ' ' || NOT_IN_ADDRESS.indexOf(c) >= 0);
    }
}
