package switchboard.gateway.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The documents around sanitised HTML. The plain one runs no script. The measured one, for the console, runs one fixed
/// script that its policy allows by hash, so a script in the mail still can't run. It reports the mail's height to the
/// page and enlarges pictures.
final class Frame {
    /// Black on white in every theme, because customers' mail is written for that.
    private static final String WHITE = "color:#1c1e23;background:#fff";
    /// Agents' mail sets no colours and uses the console's.
    private static final String OURS = "color:light-dark(#1c1e23,#e6e8ec);background:transparent";
    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><meta name="color-scheme" content="%s">
            <style>html{height:auto}body{margin:%s;font:14px/1.55 "Inter Variable",Inter,system-ui,sans-serif;%s;
            overflow-wrap:anywhere}
            img{max-width:100%%;height:auto}table{max-width:100%%}p{margin:0 0 8px}
            body>:nth-last-child(-n+2){margin-bottom:0}
            blockquote{margin:0 0 0 8px;padding-left:10px;border-left:2px solid #c9cbd0}</style>
            %s%s""";
    /// Styled like the console's own text; pictures can be enlarged in place.
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

    /// @param faces the font rules of a measured frame
    /// @param source where pictures may come from
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

    /// Without `allow-same-origin`, the script has no origin: it can read none of our data and send none anywhere.
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
