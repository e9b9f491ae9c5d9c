package switchboard.gateway.journey;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import switchboard.gateway.Needed;

/// Looks at pages with all of axe's rules but those of the strictest level, and keeps what they find.
final class Axe {
    private static final String RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', "
            + "'best-practice', 'experimental']";
    /// Of this document only: the words in a mail's frame are its sender's.
    private static final String RUN = "async () => (await axe.run(document, { runOnly: " + RULES
            + ", resultTypes: ['violations'], iframes: false })).violations.flatMap(rule => rule.nodes.map(node => "
            + "`${rule.id} (${rule.impact}): ${node.target.join(' ')} ${node.html.slice(0, 120)} `"
            + " + [...node.any, ...node.all, ...node.none].map(it => it.message).join('; ')))";

    private final String script;
    private final List<String> findings = new ArrayList<>();
    private int pages;

    Axe() {
        var file = Stream.of("node_modules", "console/node_modules")
                .map(folder -> Path.of("..", "agent-console", folder, "axe-core", "axe.min.js"))
                .filter(Files::isReadable).findFirst();
        Needed.need(file.isPresent(), "No axe, so no test of accessibility: mvn verify, without -DskipWeb");
        try {
            this.script = Files.readString(file.orElseThrow()) + "\n;true";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void look(Page page, String name) {
        look(page.mainFrame(), name);
    }

    void look(Frame frame, String name) {
        pages++;
        if (!(Boolean) frame.evaluate("typeof axe === 'object'")) frame.evaluate(script);
        // What has just opened may still be fading in, and is paler than it will be.
        frame.evaluate("() => Promise.all(document.getAnimations().filter(it => it.effect.getTiming().iterations < 99)"
                + ".map(it => it.finished.catch(() => true))).then(() => true)");
        for (var finding : (List<?>) frame.evaluate(RUN)) findings.add(name + ": " + finding);
    }

    List<String> findings() {
        return findings;
    }

    int pages() {
        return pages;
    }
}
