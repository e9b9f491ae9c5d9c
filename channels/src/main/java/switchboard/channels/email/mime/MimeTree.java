package switchboard.channels.email.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.io.MaxHeaderLimitException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/// Reads raw bytes into parts, within `MailLimits`. Embedded messages stay bodies. Never throws: what was read before
/// trouble is kept.
final class MimeTree {
    private static final MimeConfig LENIENT = new MimeConfig.Builder()
            .setStrictParsing(false).setMalformedHeaderStartsBody(false).setMaxLineLen(-1).setMaxContentLen(-1)
            .setMaxHeaderCount(MailLimits.FIELDS_MAX).setMaxHeaderLen(MailLimits.FIELD_BYTES_MAX).build();

    private static final Pattern FOLDS = Pattern.compile("\\r?\\n(?=[ \\t])|[\\r\\n]+$");
    private static final int CHUNK_BYTES = 4096;

    final Part root = new Part();
    final List<String> warnings = new ArrayList<>();
    Optional<String> quarantine = Optional.empty();
    private final Deque<Part> open = new ArrayDeque<>();
    private int parts;
    /// Where bodies are decoded, one after another.
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream(CHUNK_BYTES);
    private final byte[] chunk = new byte[CHUNK_BYTES];

    static MimeTree read(byte[] raw) {
        var tree = new MimeTree();
        try {
            tree.run(raw);
        } catch (MaxHeaderLimitException | MaxHeaderLengthLimitException tooLarge) {
            tree.stop("header-limit");
        } catch (MimeException | IOException | RuntimeException | StackOverflowError broken) {
            if (broken.getCause() instanceof MaxHeaderLimitException
                    || broken.getCause() instanceof MaxHeaderLengthLimitException) {
                tree.stop("header-limit");
            } else {
                tree.stop("unreadable-mime");
            }
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
                    if (!open.element().add(field(stream.getField())))
                            throw new MaxHeaderLimitException("header too large");
                }
                case T_END_HEADER -> endHeader(stream);
                case T_START_MULTIPART -> open.element().type(stream.getBodyDescriptor().getMimeType());
                case T_BODY -> body(stream);
                case T_END_MESSAGE, T_END_BODYPART -> open.pop();
                default -> { }
            }
            if (parts > MailLimits.PARTS_MAX) {
                stop("too-many-parts");
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
        boolean multipart = open.element().value("Content-Type").strip().toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
        if (multipart && open.size() >= MailLimits.NESTING_MAX) {
            stream.setRecursionMode(RecursionMode.M_FLAT);
            stop("nested-too-deep");
        }
    }

    private void body(MimeTokenStream stream) throws IOException {
        var part = open.element();
        part.type(stream.getBodyDescriptor().getMimeType());
        if (part.multipart()) part.opaque();
        decoded.reset();
        var in = stream.getDecodedInputStream();
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) decoded.write(chunk, 0, n);
        part.body(decoded.toByteArray());
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    }

    private void stop(String reason) {
        warnings.add(reason);
        if (quarantine.isEmpty()) quarantine = Optional.of(reason);
    }

    private static Part.Field field(Field field) {
        var raw = field.getRaw();
        if (raw == null) return new Part.Field(field.getName(), field.getBody(), false);
        var bytes = raw.toByteArray();
        int colon = 0;
        while (colon < bytes.length && bytes[colon] != ':') colon++;
        int from = Math.min(bytes.length, colon + 1);
        var value = HeaderText.raw(Arrays.copyOfRange(bytes, from, bytes.length));
        boolean nul = value.indexOf('\0') >= 0;
        return new Part.Field(field.getName(), unfold(nul ? value.replace("\0", "") : value), nul);
    }

    private static String unfold(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : FOLDS.matcher(value).replaceAll("");
    }
}
