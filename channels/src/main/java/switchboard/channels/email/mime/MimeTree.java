package switchboard.channels.email.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import switchboard.channels.email.charset.Charsets;

/// Reads raw bytes into parts, within `MailLimits`. Embedded messages stay bodies. Never throws: what was read before
/// trouble is kept.
final class MimeTree {
    /// Without the library's own limits, which end the reading; ours keep what was read.
    private static final MimeConfig LENIENT = new MimeConfig.Builder()
            .setStrictParsing(false).setMalformedHeaderStartsBody(false).setMaxLineLen(-1).setMaxContentLen(-1)
            .setMaxHeaderCount(-1).setMaxHeaderLen(-1).setMaxTotalHeaderCount(-1).setMaxTotalHeaderLen(-1)
            .setMaxPartCount(-1).setMaxNestingDepth(-1).build();

    private static final Pattern FOLDS = Pattern.compile("\\r?\\n(?=[ \\t])|[\\r\\n]+$");
    private static final Pattern BOUNDARY = Pattern.compile("(?m)^--([^\\s\"]{1,70})[ \\t]*\\r?\\n(?=[Cc]ontent-)");
    /// How often a message may be parsed again for parts nested too deep.
    private static final int REOPENED_MAX = 3;
    private static final int CHUNK_BYTES = 4096;
    private static final int PREAMBLE_BYTES_MAX = 1024 * 1024;

    final Part root = new Part();
    final List<String> warnings = new ArrayList<>();
    private final Deque<Part> open = new ArrayDeque<>();
    private int parts;
    private int reopened;
    /// Where bodies are decoded, one after another.
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream(CHUNK_BYTES);
    private final byte[] chunk = new byte[CHUNK_BYTES];

    static MimeTree read(byte[] raw) {
        var tree = read(raw, 0);
        tree.root.hint(CharsetHint.of(tree.root));
        return tree;
    }

    private static MimeTree read(byte[] raw, int reopened) {
        var tree = new MimeTree();
        tree.reopened = reopened;
        try {
            tree.run(HeaderEnd.mended(raw));
        } catch (MimeException | IOException | RuntimeException | StackOverflowError broken) {
            tree.warn("unreadable-mime");
        }
        return tree;
    }

    private void run(byte[] raw) throws MimeException, IOException {
        var stream = new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, null, null);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parse(new ByteArrayInputStream(raw));
        for (var state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            switch (state) {
                case T_START_MESSAGE, T_START_BODYPART -> begin();
                case T_FIELD -> {
                    if (!open.element().add(field(stream.getField()))) warn("header-limit");
                }
                case T_END_HEADER -> endHeader(stream);
                case T_START_MULTIPART -> open.element().type(stream.getBodyDescriptor().getMimeType());
                case T_PREAMBLE -> open.element().preamble(stream.getInputStream().readNBytes(PREAMBLE_BYTES_MAX));
                // The declared boundary never came; try one found in the body.
                case T_END_MULTIPART -> {
                    if (open.element().children().isEmpty()) reopen(open.element(), "");
                }
                case T_BODY -> body(stream);
                case T_END_MESSAGE, T_END_BODYPART -> open.pop();
                default -> { }
            }
            if (parts > MailLimits.PARTS_MAX) {
                warn("too-many-parts");
                return;
            }
        }
    }

    private void begin() {
        parts++;
        if (open.isEmpty()) {
            open.push(root);
            return;
        }
        var part = new Part();
        open.element().add(part);
        open.push(part);
    }

    /// A multipart below the deepest level is not opened: it becomes one body.
    private void endHeader(MimeTokenStream stream) {
        if (declared(open.element()).startsWith("multipart/") && open.size() >= MailLimits.NESTING_MAX) {
            stream.setRecursionMode(RecursionMode.M_FLAT);
            warn("nested-too-deep");
        }
    }

    private static String declared(Part part) {
        return part.value("Content-Type").strip().split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT);
    }

    private void body(MimeTokenStream stream) throws IOException {
        var part = open.element();
        part.type(stream.getBodyDescriptor().getMimeType());
        boolean closed = declared(part).startsWith("multipart/");
        if (part.multipart()) part.opaque();
        decoded.reset();
        var encoding = part.transferEncoding();
        var in = undone(encoding, stream.getInputStream());
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) decoded.write(chunk, 0, n);
        part.body(encoding.equals("base64") ? Base64Text.decode(decoded.toByteArray()) : decoded.toByteArray());
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        if (closed) reopen(part, part.parameter("Content-Type", "boundary"));
    }

    private static InputStream undone(String encoding, InputStream in) throws IOException {
        try {
            return switch (encoding) {
                case "quoted-printable" -> new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
                case "x-uuencode", "uuencode", "x-uue", "uue" -> MimeUtility.decode(in, "uuencode");
                default -> in;
            };
        } catch (MessagingException never) {
            return in;
        }
    }

    /// Parses a multipart that is nested too deep or lacks its boundary as a separate message. If that fails, it stays
    /// one body.
    private void reopen(Part part, String named) {
        var boundary = named.isEmpty() ? firstBoundary(part.body()) : named;
        if (boundary.isEmpty() || reopened >= REOPENED_MAX) return;
        var header = ("Content-Type: " + declared(part) + "; boundary=\"" + boundary + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        var inner = Arrays.copyOf(header, header.length + part.body().length);
        System.arraycopy(part.body(), 0, inner, header.length, part.body().length);
        var tree = read(inner, reopened + 1);
        tree.warnings.forEach(this::warn);
        if (tree.root.children().isEmpty()) return;
        tree.root.children().forEach(part::add);
        part.reopened(declared(part));
    }

    private static String firstBoundary(byte[] body) {
        var first = BOUNDARY.matcher(new String(body, 0, Math.min(body.length, CHUNK_BYTES),
                StandardCharsets.ISO_8859_1));
        return first.find() ? first.group(1) : "";
    }

    private void warn(String limit) {
        if (!warnings.contains(limit)) warnings.add(limit);
    }

    private Part.Field field(Field field) {
        var raw = field.getRaw();
        if (raw == null) return new Part.Field(field.getName(), field.getBody(), false, null);
        var bytes = raw.toByteArray();
        int colon = 0;
        while (colon < bytes.length && bytes[colon] != ':') colon++;
        int from = Math.min(bytes.length, colon + 1);
        int to = Math.min(bytes.length, from + MailLimits.FIELD_BYTES_MAX);
        if (to < bytes.length) warn("header-limit");
        bytes = Arrays.copyOfRange(bytes, from, to);
        boolean utf8 = Charsets.isUtf8(bytes);
        var value = new String(bytes, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        boolean nul = value.indexOf('\0') >= 0;
        return new Part.Field(field.getName(), unfold(nul ? value.replace("\0", "") : value), nul,
                utf8 ? null : bytes);
    }

    static String unfold(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : FOLDS.matcher(value).replaceAll("");
    }
}
