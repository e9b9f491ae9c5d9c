package switchboard.gateway.content;

import io.vertx.ext.web.FileUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import switchboard.channels.email.mime.FileType;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Call;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.reply.Attachments;

/// Files that an agent has put beside a reply and not sent yet; nobody else can use them.
public final class Uploads {
    private static final int NAME_CHARS_MAX = 255;

    private final Database database;
    private final ContentLinks links;

    public Uploads(Database database, ContentLinks links) {
        this.database = database;
        this.links = links;
    }

    public record Uploaded(UUID id, String name, String type, long sizeBytes, String url) {}

    /// The one part of `multipart/form-data`, named `file`.
    ///
    /// @throws Failure.Invalid when there is none or another part
    public static FileUpload file(Call call) {
        var files = call.context().fileUploads();
        if (files.size() != 1 || !files.getFirst().name().equals("file")) {
            throw new Failure.Invalid("One part named file is needed");
        }
        return files.getFirst();
    }

    public Uploaded receive(Call call) {
        var file = file(call);
        if (file.size() > Api.UPLOAD_BYTES_MAX) throw new Failure.Invalid("A file is larger than 50 MB");
        var bytes = read(file);
        var name = name(file.fileName());
        var type = MediaType.shownInPlace(bytes).orElseGet(() -> FileType.of(name, "", bytes));
        var agent = call.caller().id();
        var stored = database.transaction(tx -> Attachments.upload(tx, agent, name, type, bytes));
        return new Uploaded(stored.id(), stored.name(), stored.type(), stored.sizeBytes(),
                links.file(stored.id(), agent));
    }

    public static byte[] read(FileUpload file) {
        try {
            return Files.readAllBytes(Path.of(file.uploadedFileName()));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private static String name(String given) {
        var name = given == null ? "" : given.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").replaceAll(".*[/\\\\]", "").strip();
        return name.isEmpty() ? "file" : name.substring(0, Math.min(name.length(), NAME_CHARS_MAX));
    }
}
