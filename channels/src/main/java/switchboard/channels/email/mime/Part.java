package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import switchboard.channels.email.charset.Charsets;
import switchboard.channels.email.charset.Labels;

/// A node of the MIME tree: header fields, and either children or a body with its transfer encoding removed.
public final class Part {
    /// One header field, its value unfolded but with encoded words as they came.
    ///
    /// @param raw the value's bytes when they aren't UTF-8; else null
    record Field(String name, String value, boolean hadNul, byte[] raw) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<Part> children = new ArrayList<>();
    private final Map<String, Parameters> parameters = new HashMap<>();
    private String type = "text/plain";
    private String hint = "";
    private int headerBytes;
    private boolean opaque;
    private byte[] body = new byte[0];

    /// A message of its own that lies in a body, read within the usual limits.
    public static Part read(byte[] raw) {
        return MimeTree.read(raw).root;
    }

    /// Returns whether the header is still within its limits. Beyond them, only the fields that identify the mail are
    /// kept.
    boolean add(Field field) {
        headerBytes += field.value().length();
        boolean within = headerBytes <= MailLimits.HEADER_BYTES_MAX && fields.size() < MailLimits.FIELDS_MAX;
        boolean wanted = MailLimits.FIELDS_ALWAYS.contains(field.name().toLowerCase(Locale.ROOT));
        if (within || wanted && fields.size() < MailLimits.FIELDS_MAX + MailLimits.SAME_FIELDS_MAX) fields.add(field);
        return within;
    }

    /// Sets the charset for unlabelled bytes, found elsewhere in the mail.
    void hint(String charset) {
        hint = charset;
        fields.replaceAll(field -> field.raw() == null ? field : new Field(field.name(),
                MimeTree.unfold(Charsets.decode(field.raw(), "", charset)), field.hadNul(), field.raw()));
        parameters.clear();
        children.forEach(child -> child.hint(charset));
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

    /// The text before a multipart's first boundary.
    void preamble(byte[] bytes) {
        if (multipart()) body = bytes;
    }

    void opaque() {
        opaque = true;
    }

    void reopened(String multipart) {
        type = multipart;
        opaque = false;
        body = new byte[0];
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
        return HeaderText.header(value(name), hint);
    }

    /// The fields of that name from the top, decoded, as many as are looked at.
    public List<String> all(String name) {
        if (!has(name)) return List.of();
        return named(name).stream().limit(MailLimits.SAME_FIELDS_MAX).map(f -> HeaderText.header(f.value(), hint))
                .toList();
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
        return parameters.computeIfAbsent(field, name -> Parameters.of(value(name), hint)).get(parameter);
    }

    /// The body's transfer encoding, in lower case; empty if absent.
    String transferEncoding() {
        var word = value("Content-Transfer-Encoding").replaceAll("\\(.*?\\)|[\\s\"';]", "").toLowerCase(Locale.ROOT);
        return word.equals("quotedprintable") ? "quoted-printable" : word;
    }

    public boolean attached() {
        return value("Content-Disposition").strip().toLowerCase(Locale.ROOT).startsWith("attachment");
    }

    /// The sender's file name, fit to show, or empty.
    public String fileName() {
        var name = FileName.shown(parameter("Content-Disposition", "filename"));
        return name.isEmpty() ? FileName.shown(parameter("Content-Type", "name")) : name;
    }

    /// A text body as characters.
    public String text() {
        return HeaderText.body(Charsets.decode(body, label(), hint));
    }

    /// The charset that this body declares in its header, else in its HTML; or empty.
    String label() {
        var label = parameter("Content-Type", "charset");
        return type.equals("text/html") && Labels.isVague(Labels.name(label)) ? MetaCharset.of(body).orElse(label)
                : label;
    }
}
