package switchboard.knowledgebase.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Signer;

/// The site's few static files, from a fixed list, held in memory; their names carry a digest, so that they may be
/// kept for ever by browsers.
public final class Assets {
    static final String PATH = "/help/assets/";
    private static final int DIGEST_CHARS = 10;
    private static final Map<String, String> TYPES = Map.of("help.css", "text/css; charset=utf-8",
            "help.js", "text/javascript; charset=utf-8", "icons.svg", "image/svg+xml", "favicon.svg", "image/svg+xml");

    record Asset(String type, byte[] bytes) {}

    private final Map<String, Asset> byName = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final java.util.Set<String> icons;

    Assets() {
        TYPES.forEach((file, type) -> {
            var bytes = read(file);
            var name = Signer.digest(bytes).substring(0, DIGEST_CHARS) + "-" + file;
            names.put(file, name);
            byName.put(name, new Asset(type, bytes));
        });
        var sprite = new String(byName.get(names.get("icons.svg")).bytes(), java.nio.charset.StandardCharsets.UTF_8);
        icons = Pattern.compile("<symbol id=\"([a-z-]+)\"").matcher(sprite).results()
                .map(found -> found.group(1)).collect(Collectors.toUnmodifiableSet());
    }

    String url(String file) {
        return PATH + names.get(file);
    }

    /// The sprite's address of an icon; a book when there is none of that name.
    String icon(String name) {
        return url("icons.svg") + "#" + (icons.contains(name) ? name : "book");
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static byte[] read(String file) {
        try (var in = Assets.class.getResourceAsStream("assets/" + file)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }
}
