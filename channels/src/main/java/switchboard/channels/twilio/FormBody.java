package switchboard.channels.twilio;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A urlencoded form as it was sent: in order, names case-sensitive, a name may repeat.
///
/// A signature covers exactly these names and values, so nothing is merged, trimmed or lower-cased here.
public record FormBody(List<Field> fields) {
    /// Larger bodies are refused before they are read as a form. A webhook has a text of 1,600 characters and about
    /// fifty short fields; percent-encoded that stays below 32 KiB.
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    /// A webhook has about fifty; a form of many thousand tiny ones would be sorted before anyone knows who sent it.
    public static final int FIELDS_MAX = 500;

    /// One name and value, decoded.
    public record Field(String name, String value) {}

    public FormBody {
        fields = List.copyOf(fields);
    }

    public static FormBody empty() {
        return new FormBody(List.of());
    }

    /// Names and values in turn: `of("To", "+1555", "From", "+1556")`.
    public static FormBody of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name lacks its value");
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new FormBody(fields);
    }

    /// Reads `application/x-www-form-urlencoded`; a malformed percent sign stands for itself.
    ///
    /// @throws IllegalArgumentException when the body is larger than [#SIZE_BYTES_MAX] or has more than [#FIELDS_MAX]
    public static FormBody parse(byte[] raw) {
        if (raw.length > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("form of " + raw.length + " bytes, " + SIZE_BYTES_MAX + " are allowed");
        }
        return parse(new String(raw, StandardCharsets.UTF_8));
    }

    public static FormBody parse(String encoded) {
        var fields = new ArrayList<Field>();
        for (String pair : encoded.split("&", FIELDS_MAX + 1)) {
            if (fields.size() == FIELDS_MAX || pair.indexOf('&') >= 0) {
                throw new IllegalArgumentException("form of more than " + FIELDS_MAX + " fields");
            }
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                fields.add(equals < 0
                        ? new Field(decode(pair), "")
                        : new Field(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
            }
        }
        return new FormBody(fields);
    }

    /// The first value of the name.
    public Optional<String> first(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
    }

    /// The first value, or an empty text.
    public String get(String name) {
        return first(name).orElse("");
    }

    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
    }

    /// The same form with one more field at its end.
    public FormBody with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new FormBody(more);
    }

    public String encoded() {
        var text = new StringBuilder();
        for (Field field : fields) {
            text.append(text.isEmpty() ? "" : "&").append(encode(field.name())).append('=')
                    .append(encode(field.value()));
        }
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(in[i] == '+' ? ' ' : in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
