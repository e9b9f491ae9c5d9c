package switchboard.knowledgebase;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.site.ContactForm;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequencer;

/// A help centre over a fresh database, with a sequencer and, when asked for, a real HTTP server.
public final class Fixture implements AutoCloseable {
    public static final Actor WRITER = Actor.agent(UUID.fromString("00000000-0000-7000-8000-000000000001"));

    public final Vertx vertx = Vertx.vertx();
    public final Database database = new Database(vertx, TestDatabase.working(TestDatabase.freshDatabase()), 8);
    public final Journal journal = new Journal(database);
    public final List<ContactForm> sent = new CopyOnWriteArrayList<>();
    public volatile RuntimeException doorFails;
    private final Sequencer sequencer = new Sequencer(journal).start();
    private final Path folder;
    public KnowledgeBase help;
    private HttpServer server;

    public Fixture(Path folder) {
        this.folder = folder;
        open();
    }

    private void open() {
        help = new KnowledgeBase(vertx, database, journal, folder, URI.create("https://help.example.test"),
                this::submit);
        help.start();
        eventually(() -> !help.rebuilding());
    }

    private void submit(ContactForm form) {
        if (doorFails != null) throw doorFails;
        if (sent.stream().noneMatch(known -> known.clientKey().equals(form.clientKey()))) sent.add(form);
    }

    public void reopen(Runnable between) {
        help.close();
        between.run();
        open();
    }

    public Category category(String slug) {
        return help.saveCategory(new Category(null, slug, "book", Map.of("en", "About " + slug, "zh-CN", "关于" + slug),
                Map.of("en", "All of " + slug), 1), WRITER);
    }

    public Article published(Category category, String locale, String title, String summary, String body,
            String... keywords) {
        var draft = help.create(new ArticleDraft(locale, category.id(), title, summary, body, List.of(keywords), null,
                null, null),
                WRITER);
        return help.publish(draft.id(), draft.version(), WRITER);
    }

    public List<String> kinds() {
        return journal.after(0, 500).stream().map(entry -> entry.kind()).toList();
    }

    public static void eventually(BooleanSupplier holds) {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(until)) throw new AssertionError("It did not come true");
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }
    }

    public URI serve() {
        var router = Router.router(vertx);
        help.mount(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        help.close();
        sequencer.close();
        database.close();
        vertx.close().await();
    }
}
