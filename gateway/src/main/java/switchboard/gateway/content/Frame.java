package switchboard.gateway.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The documents around sanitised HTML. The plain one runs nothing at all. The measured one, for the console, runs one
/// script that never changes and that its policy names by its hash, so that a script of the mail's own still cannot
/// run: it tells the page around how high the mail is, and enlarges pictures.
final class Frame {
    /// Black on white in every theme, because customers' mails are written for it.
    private static final String WHITE = "color:#1c1e23;background:#fff";
    /// What agents write has no colours of its own and takes those of the console.
    private static final String OURS = "color:light-dark(#1c1e23,#e6e8ec);background:transparent";
    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><meta name="color-scheme" content="%s">
            <style>html{height:auto}body{margin:%s;font:14px/1.55 "Inter Variable",Inter,system-ui,sans-serif;%s;
            overflow-wrap:anywhere}
            img{max-width:100%%;height:auto}table{max-width:100%%}p{margin:0 0 8px}
            body>:nth-last-child(-n+2){margin-bottom:0}
            blockquote{margin:0 0 0 8px;padding-left:10px;border-left:2px solid #c9cbd0}</style>
            %s%s""";
    /// As the console's own words look, and pictures that can be enlarged where they stand.
    private static final String MEASURED = """
            <style>body{display:flow-root;-webkit-font-smoothing:antialiased}
            a{color:%s}
            *{scrollbar-width:thin}
            img{max-height:480px;object-fit:contain;object-position:0 0}
            img[data-zoom=fit]{cursor:zoom-in}
            img[data-zoom=full]{cursor:zoom-out;width:auto!important;height:auto!important;
            max-width:none!important;max-height:none!important}
            :focus-visible{outline:2px solid #386ad2;outline-offset:1px}
            %s</style><script>%s</script>
            """;
    private static final String SCRIPT = read();
    private static final String POPUPS = "allow-popups allow-popups-to-escape-sandbox; default-src 'none'; ";
    private static final String LOOKS = "style-src 'unsafe-inline'; img-src data: ";

    private final String faces;
    private final String source;

    /// @param faces the rules of the letters that a measured frame may use
    /// @param source what pictures may come from
    Frame(String faces, String source) {
        this.faces = faces;
        this.source = source;
    }

    static String plain(String safe, boolean ours) {
        return page("", safe, ours);
    }

    String measured(String safe, boolean ours) {
        var links = ours ? "light-dark(#2c58b5,#91b1ee)" : "#2c58b5";
        return page(MEASURED.formatted(links, faces, SCRIPT), safe, ours);
    }

    String plainPolicy() {
        return "sandbox " + POPUPS + LOOKS + source;
    }

    /// Without `allow-same-origin`: what runs is of no origin, and has nothing to ask and nobody to send to.
    String measuredPolicy() {
        return "sandbox allow-scripts " + POPUPS + "script-src '" + hash() + "'; " + LOOKS + source
                + "; font-src " + source + "fonts/; base-uri 'none'; form-action 'none'";
    }

    private static String page(String more, String safe, boolean ours) {
        return ours ? PAGE.formatted("light dark", "0", OURS, more, safe)
                : PAGE.formatted("light", "12px 14px", WHITE, more, safe);
    }

    private static String hash() {
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(SCRIPT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String read() {
        try (var file = Frame.class.getResourceAsStream("frame.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
