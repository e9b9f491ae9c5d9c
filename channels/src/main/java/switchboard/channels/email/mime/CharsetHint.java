package switchboard.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.channels.email.charset.Charsets;
import switchboard.channels.email.charset.Labels;

/// The charset that a mail declares anywhere, used for its unlabelled bytes: a program that writes raw headers writes
/// them in the charset of its text.
final class CharsetHint {
    private static final int BYTES_MAX = 64 * 1024;

    private CharsetHint() {}

    /// A label, or empty when the mail needs none or doesn't tell.
    static String of(Part root) {
        if (!needed(root)) return "";
        return parts(root).filter(CharsetHint::isText).map(Part::label).filter(CharsetHint::telling).findFirst()
                .or(() -> words(root)).or(() -> detected(root)).orElse("");
    }

    private static boolean needed(Part root) {
        return parts(root).anyMatch(part -> part.fields().stream().anyMatch(field -> field.raw() != null)
                || isText(part) && !telling(part.label()) && !Charsets.isUtf8(part.body()));
    }

    private static Optional<String> words(Part root) {
        return parts(root).flatMap(part -> part.fields().stream())
                .flatMap(field -> EncodedWords.label(field.value()).stream()).filter(CharsetHint::telling).findFirst();
    }

    /// Detects over all unlabelled bytes together: a short header alone says too little.
    private static Optional<String> detected(Part root) {
        var bytes = new ByteArrayOutputStream();
        parts(root).forEach(part -> {
            if (isText(part) && !Charsets.isUtf8(part.body())) add(bytes, part.body());
            part.fields().stream().filter(field -> field.raw() != null).forEach(field -> add(bytes, field.raw()));
        });
        return Charsets.detect(bytes.toByteArray());
    }

    private static void add(ByteArrayOutputStream bytes, byte[] more) {
        bytes.write(more, 0, Math.min(more.length, Math.max(0, BYTES_MAX - bytes.size())));
        bytes.write('\n');
    }

    private static boolean isText(Part part) {
        return !part.multipart() && (part.type().equals("text/plain") || part.type().equals("text/html"));
    }

    /// A UTF-8 label says nothing about bytes that aren't UTF-8.
    private static boolean telling(String label) {
        var name = Labels.name(label);
        return !Labels.isVague(name) && !name.equals("utf-8");
    }

    private static Stream<Part> parts(Part part) {
        return Stream.concat(Stream.of(part), part.children().stream().flatMap(CharsetHint::parts));
    }
}
