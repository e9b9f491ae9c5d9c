package switchboard.gateway.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import switchboard.ticketing.base.Signer;

/// The built web parts, all read into memory at the start: what is not in this map does not exist, whatever a path
/// is made to look like.
public final class Assets {
    public static final String FOLDER = "switchboard/web";
    private static final int GZIP_BYTES_MIN = 1024;
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"), Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"), Map.entry("woff2", "font/woff2"), Map.entry("webp", "image/webp"),
            Map.entry("mp3", "audio/mpeg"), Map.entry("wav", "audio/wav"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"));

    private final Map<String, Asset> byPath;

    private Assets(Map<String, Asset> byPath) {
        this.byPath = byPath;
    }

    /// @param gzip null when it would not be smaller
    /// @param brotli the compressed copy from the build; null without one
    public record Asset(String mediaType, Buffer bytes, Buffer gzip, Buffer brotli, String etag) {}

    /// @param folder on the class path
    public static Assets load(String folder) {
        var found = new TreeMap<String, Asset>();
        try {
            var roots = Assets.class.getClassLoader().getResources(folder);
            while (roots.hasMoreElements()) read(roots.nextElement().toURI(), found);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (URISyntaxException bug) {
            throw new IllegalStateException(bug);
        }
        return new Assets(found);
    }

    private static void read(URI root, Map<String, Asset> into) throws IOException {
        if (!root.getScheme().equals("jar")) {
            walk(Path.of(root), into);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
            walk(jar.getPath(root.toString().substring(root.toString().indexOf("!/") + 1)), into);
        }
    }

    private static void walk(Path root, Map<String, Asset> into) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).filter(file -> !compressed(file)).toList()) {
                into.put(root.relativize(file).toString().replace('\\', '/'), asset(file));
            }
        }
    }

    /// Whether the file is a compressed copy from the build.
    private static boolean compressed(Path file) {
        var name = file.toString();
        return (name.endsWith(".br") || name.endsWith(".gz"))
                && Files.exists(file.resolveSibling(name(file).substring(0, name(file).length() - 3)));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Asset asset(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var name = file.getFileName().toString();
        var type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        var small = beside(file, ".gz");
        return new Asset(type, Buffer.buffer(bytes), small == null ? gzip(type, bytes) : small, beside(file, ".br"),
                "\"" + Signer.digest(bytes).substring(0, 32) + "\"");
    }

    private static Buffer beside(Path file, String end) throws IOException {
        var copy = file.resolveSibling(name(file) + end);
        return Files.exists(copy) ? Buffer.buffer(Files.readAllBytes(copy)) : null;
    }

    private static Buffer gzip(String type, byte[] bytes) throws IOException {
        boolean text = type.startsWith("text/") || type.contains("json") || type.contains("svg");
        if (!text || bytes.length < GZIP_BYTES_MIN) return null;
        var small = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(small)) {
            zip.write(bytes);
        }
        return small.size() < bytes.length ? Buffer.buffer(small.toByteArray()) : null;
    }

    public Optional<Asset> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
