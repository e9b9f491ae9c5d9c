package switchboard.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import switchboard.channels.email.charset.Charsets;

/// Parses the parameters of a structured header field: plain, quoted, with encoded words, or in the pieces and charsets
/// of RFC 2231. Unquoted values may contain spaces and whole paths, as many programs write them.
final class Parameters {
    private static final int PIECES_MAX = 200;

    /// @param extended whether its text is percent-encoded
    private record Piece(int number, boolean extended, String text) {}

    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, List<Piece>> pieces = new HashMap<>();
    private final String hint;

    private Parameters(String hint) {
        this.hint = hint;
    }

    /// @param field unfolded, with encoded words as received
    static Parameters of(String field, String hint) {
        var parameters = new Parameters(hint);
        int at = field.indexOf(';');
        while (at >= 0 && at < field.length()) {
            int equals = field.indexOf('=', at);
            int semicolon = field.indexOf(';', at + 1);
            if (equals < 0) break;
            if (semicolon >= 0 && semicolon < equals) {
                at = semicolon;
                continue;
            }
            var name = field.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            var value = new StringBuilder();
            at = value(field, equals + 1, value);
            parameters.put(name, value.toString());
        }
        return parameters;
    }

    /// Returns where the next parameter begins.
    private static int value(String field, int from, StringBuilder value) {
        int at = from;
        while (at < field.length() && Character.isWhitespace(field.charAt(at))) at++;
        boolean quoted = at < field.length() && field.charAt(at) == '"' && field.indexOf('"', at + 1) > 0;
        if (quoted) {
            at = quoted(field, at + 1, value);
        } else {
            int end = field.indexOf(';', at);
            int until = end < 0 ? field.length() : end;
            value.append(field.substring(at, until).strip());
            if (!value.isEmpty() && value.charAt(0) == '"') value.deleteCharAt(0);
            at = until;
        }
        int next = field.indexOf(';', at);
        return next < 0 ? field.length() : next;
    }

    /// A backslash escapes a quote or itself; elsewhere it is literal, as in a Windows path.
    private static int quoted(String field, int from, StringBuilder value) {
        int at = from;
        while (at < field.length() && field.charAt(at) != '"') {
            char next = at + 1 < field.length() ? field.charAt(at + 1) : ' ';
            boolean last = next == '"' && field.indexOf('"', at + 2) < 0;
            if (field.charAt(at) == '\\' && (next == '"' && !last || next == '\\')) at++;
            value.append(field.charAt(at++));
        }
        return at + 1;
    }

    private void put(String name, String value) {
        boolean extended = name.endsWith("*");
        var rest = extended ? name.substring(0, name.length() - 1) : name;
        int star = rest.indexOf('*');
        if (!extended && star < 0) {
            plain.putIfAbsent(name, value);
            return;
        }
        var list = pieces.computeIfAbsent(star < 0 ? rest : rest.substring(0, star), _ -> new ArrayList<>());
        if (list.size() < PIECES_MAX) list.add(new Piece(number(star < 0 ? "0" : rest.substring(star + 1)), extended,
                value));
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }

    /// The decoded value, or empty. The RFC 2231 form wins over the plain one, which serves older programs.
    String get(String name) {
        var found = pieces.get(name);
        if (found != null) return joined(found);
        return HeaderText.header(plain.getOrDefault(name, ""), hint);
    }

    private String joined(List<Piece> found) {
        var sorted = found.stream().sorted(java.util.Comparator.comparingInt(Piece::number)).toList();
        if (sorted.stream().noneMatch(Piece::extended)) {
            var text = new StringBuilder();
            sorted.forEach(piece -> text.append(piece.text()));
            return HeaderText.header(text.toString(), hint);
        }
        var bytes = new ByteArrayOutputStream();
        var first = sorted.getFirst();
        var parts = first.extended() ? first.text().split("'", 3) : new String[] {first.text()};
        boolean labelled = parts.length == 3;
        write(bytes, labelled ? parts[2] : first.text(), first.extended());
        sorted.stream().skip(1).forEach(piece -> write(bytes, piece.text(), piece.extended()));
        return HeaderText.clean(Charsets.decode(bytes.toByteArray(), labelled ? parts[0] : "", hint)).strip();
    }

    private static void write(ByteArrayOutputStream bytes, String text, boolean extended) {
        for (int i = 0; i < text.length(); i++) {
            boolean hex = extended && text.charAt(i) == '%' && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0 && Character.digit(text.charAt(i + 2), 16) >= 0;
            if (hex) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
