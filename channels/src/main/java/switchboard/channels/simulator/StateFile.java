package switchboard.channels.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the carrier remembers over a restart: one JSON object a line, `{kind, id, value}`; of several with the same
/// kind and id the last is true, and a null value forgets. Opening it drops what has been replaced, and a line that
/// was cut off when the program died.
final class StateFile {
    private final Optional<Path> file;
    private final Map<String, JsonObject> latest = new LinkedHashMap<>();

    StateFile(Optional<Path> folder) {
        file = folder.map(path -> path.resolve("carrier.jsonl"));
        try {
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
                read();
                rewrite();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the carrier's state in " + folder.get(), e);
        }
    }

    /// The values of a kind that were there at the start, oldest first.
    List<JsonObject> remembered(String kind) {
        return latest.values().stream().filter(line -> line.getString("kind").equals(kind))
                .map(line -> line.getJsonObject("value")).toList();
    }

    synchronized void remember(String kind, String id, JsonObject value) {
        if (file.isEmpty()) {
            return;
        }
        var line = new JsonObject().put("kind", kind).put("id", id).put("value", value).encode() + "\n";
        try {
            Files.writeString(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() throws IOException {
        if (!Files.exists(file.get())) {
            return;
        }
        for (String text : new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8).split("\n")) {
            if (text.endsWith("}")) {
                take(text);
            }
        }
    }

    private void take(String text) {
        try {
            var line = new JsonObject(text);
            String key = line.getString("kind") + " " + line.getString("id");
            if (line.getJsonObject("value") == null) {
                latest.remove(key);
            } else {
                latest.put(key, line);
            }
        } catch (DecodeException e) {
            // cut off in the middle: it was never true
        }
    }

    private void rewrite() throws IOException {
        var whole = new StringBuilder();
        latest.values().forEach(line -> whole.append(line.encode()).append('\n'));
        Path next = file.get().resolveSibling("carrier.jsonl.next");
        Files.writeString(next, whole);
        Files.move(next, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
