package switchboard.gateway.content;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Problem;
import switchboard.gateway.web.Assets;

/// The console's fonts for mail frames. These have no origin, so the fonts are served next to the mail. The faces come
/// from the console's style sheet; without a built console there are none.
public final class FrameFonts {
    static final String PATH = ContentLinks.PATH + "fonts/";
    private static final Pattern SHEET = Pattern.compile("href=\"/(console/assets/[\\w.-]+\\.css)\"");
    private static final Pattern FACE = Pattern.compile("@font-face\\s*\\{[^{}]*}");
    private static final Pattern FILE = Pattern.compile("/(console/assets/([\\w.-]+\\.woff2))");

    private final Map<String, Buffer> files = new HashMap<>();
    private final String faces;

    public FrameFonts(Assets assets) {
        var page = assets.find("console/index.html").map(found -> found.bytes().toString()).orElse("");
        this.faces = SHEET.matcher(page).results().flatMap(sheet -> assets.find(sheet.group(1)).stream())
                .flatMap(sheet -> FACE.matcher(sheet.bytes().toString()).results()).map(face -> face.group())
                .filter(face -> face.contains("Inter Variable")).collect(Collectors.joining());
        FILE.matcher(faces).results().forEach(file -> assets.find(file.group(1))
                .ifPresent(found -> files.put(file.group(2), found.bytes())));
    }

    /// The `@font-face` rules, with URLs that a frame may fetch.
    String faces() {
        return FILE.matcher(faces).replaceAll(file -> PATH + file.group(2));
    }

    /// A sandboxed document has no origin, so it fetches across origins. The fonts aren't secret.
    void mount(Router router) {
        router.get(PATH + ":file").handler(context -> {
            var found = files.get(context.pathParam("file"));
            if (found == null) {
                Api.send(context, Problem.of(404, "not-found", "There is no such file"));
                return;
            }
            context.response().putHeader("Content-Type", "font/woff2")
                    .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Cross-Origin-Resource-Policy", "cross-origin").end(found);
        });
    }
}
