package switchboard.gateway.journey;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import switchboard.gateway.Needed;

/// A headless Chromium of the machine's own, and pictures of what it shows in `target/screenshots`.
final class Browser implements AutoCloseable {
    static final int WIDE = 1440;
    static final int PHONE = 390;
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<String> SWITCHES = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    /// What the pages complained about: broken scripts, and what their policy forbade.
    final List<String> complaints = new ArrayList<>();

    Browser() {
        this(chromium(true));
    }

    /// For pages that are not the console's.
    static Browser withoutConsole() {
        return new Browser(chromium(false));
    }

    private Browser(Path chromium) {
        this.playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium)
                .setArgs(SWITCHES).setTimeout(PATIENCE_MILLIS));
    }

    private static Path chromium(boolean withConsole) {
        var found = Stream.of("chromium", "chromium-browser", "google-chrome").flatMap(name ->
                Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
        Needed.need(found.isPresent(), "No Chromium, so no browser test: apt-get install chromium");
        boolean built = Browser.class.getClassLoader().getResource("switchboard/web/console/index.html") != null;
        Needed.need(!withConsole || built,
                "The console was not built, so no browser test: mvn verify, without -DskipWeb");
        return found.orElseThrow();
    }

    Page open(int width, boolean dark, String locale) {
        var context = browser.newContext(new NewContextOptions().setViewportSize(width, width == PHONE ? 844 : 900)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT).setLocale(locale)
                .setHasTouch(width == PHONE));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        var page = context.newPage();
        page.onPageError(error -> complaints.add(error));
        page.onConsoleMessage(message -> {
            boolean refusal = message.text().startsWith("Failed to load resource") && message.text().contains("401");
            if (message.type().equals("error") && !refusal) complaints.add(message.text());
        });
        return page;
    }

    static void picture(Page page, String name) {
        page.evaluate("() => document.fonts.ready.then(() => true)");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
