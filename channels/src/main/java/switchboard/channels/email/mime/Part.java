package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;

/// A node of the MIME tree: header fields, and either children or a body with its transfer encoding removed.
public final class Part {
    /// One header field, its value unfolded but with encoded words as they came.
    record Field(String name, String value, boolean hadNul) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<Part> children = new ArrayList<>();
    private final Map<String, MimeParameterMapping> parameters = new HashMap<>();
    private String type = "text/plain";
    private int headerBytes;
    private boolean opaque;
    private byte[] body = new byte[0];

    /// A message of its own that lies in a body, read within the usual limits.
    public static Part read(byte[] raw) {
        return MimeTree.read(raw).root;
    }

    /// Answers whether the header is still within its limit.
    boolean add(Field field) {
        headerBytes += field.value().length();
        return fields.add(field) && headerBytes <= MailLimits.HEADER_BYTES_MAX;
    }

    void add(Part child) {
        children.add(child);
    }

    void type(String mimeType) {
        if (mimeType != null) type = mimeType.toLowerCase(Locale.ROOT);
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    void opaque() {
        opaque = true;
    }

    List<Field> fields() {
        return fields;
    }

    public List<Part> children() {
        return children;
    }

    public String type() {
        return type;
    }

    public byte[] body() {
        return body;
    }

    public boolean multipart() {
        return type.startsWith("multipart/") && !opaque;
    }

    public boolean has(String name) {
        for (var field : fields) if (field.name().equalsIgnoreCase(name)) return true;
        return false;
    }

    /// The first field of that name, decoded, or empty.
    public String header(String name) {
        return HeaderText.header(value(name));
    }

    /// The fields of that name from the top, decoded, as many as are looked at.
    public List<String> all(String name) {
        if (!has(name)) return List.of();
        return named(name).stream().limit(MailLimits.SAME_FIELDS_MAX).map(f -> HeaderText.header(f.value())).toList();
    }

    public int count(String name) {
        int count = 0;
        for (var field : fields) if (field.name().equalsIgnoreCase(name)) count++;
        return count;
    }

    /// The fields of that name from the top, with encoded words as they came.
    List<Field> named(String name) {
        return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).toList();
    }

    /// The first field of that name with encoded words as they came, or empty.
    public String value(String name) {
        for (var field : fields) if (field.name().equalsIgnoreCase(name)) return field.value();
        return "";
    }

    /// A parameter of a structured field (RFC 2231 continuations joined), decoded, or empty.
    public String parameter(String field, String parameter) {
        if (!has(field)) return "";
        try {
            var found = parameters.computeIfAbsent(field, this::parameters).get(parameter);
            return found == null ? "" : HeaderText.header(found);
        } catch (RuntimeException broken) {
            return "";
        }
    }

    private MimeParameterMapping parameters(String field) {
        var mapping = new MimeParameterMapping();
        var value = value(field);
        if (value.isBlank()) return mapping;
        for (var pair : RawFieldParser.DEFAULT.parseRawBody(new RawField(field, value)).getParams()) {
            if (pair.getValue() != null) mapping.addParameter(pair.getName(), pair.getValue());
        }
        return mapping;
    }

    public boolean attached() {
        return value("Content-Disposition").strip().toLowerCase(Locale.ROOT).startsWith("attachment");
    }

    /// The file name that the sender gave, or empty.
    public String fileName() {
        var name = parameter("Content-Disposition", "filename");
        return name.isEmpty() ? parameter("Content-Type", "name") : name;
    }

    /// A text body as characters.
    public String text() {
        return HeaderText.body(HeaderText.decode(body, parameter("Content-Type", "charset")));
    }
}
