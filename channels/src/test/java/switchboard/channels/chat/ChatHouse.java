package switchboard.channels.chat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequencer;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.reply.Outgoing;

/// The chat channel on a real server with a real database and its workers.
final class ChatHouse implements AutoCloseable {
    static final String SECRET = "a-host-page-secret-of-forty-characters!!";

    final Vertx vertx = Vertx.vertx();
    final Database database = new Database(vertx, TestDatabase.working(TestDatabase.freshDatabase()), 20);
    final Signer signer = new Signer("a secret for the tests");
    final Journal journal = new Journal(database);
    final Inbox inbox = new Inbox(database);
    final Outbox outbox = new Outbox(database);
    final ChatChannel chat;
    final HttpServer server;
    final int port;
    private final Sequencer sequencer = new Sequencer(journal).start();
    private final InboxWorker inboxWorker;
    private final OutboxWorker outboxWorker;

    ChatHouse() {
        var url = URI.create("https://desk.example");
        chat = new ChatChannel(vertx, database, journal, inbox, outbox, signer, url);
        inboxWorker = new InboxWorker(database, inbox, new Intake(journal), journal, List.of(chat)).start();
        outboxWorker = new OutboxWorker(outbox, new Deliveries(database, journal, outbox), List.of(chat)).start();
        var router = Router.router(vertx);
        chat.mount(router);
        chat.start();
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
        port = server.actualPort();
        settings(widget -> new WidgetSettings(widget.id(), "test-key", "Shop", "#ffd400",
                Map.of("en", "Hello"), null, List.of("https://shop.example"), null,
                signer.seal(WidgetSettings.SEAL_CONTEXT, SECRET), 1000));
    }

    void settings(UnaryOperator<WidgetSettings> change) {
        var now = database.sql().value(String.class, "select value::text from setting where name = 'widget'")
                .orElseThrow();
        database.sql().execute("update setting set value = $1::text::jsonb where name = 'widget'",
                Json.write(change.apply(Json.read(now, WidgetSettings.class))));
        var key = database.sql().value(String.class, "select value->>'key' from setting where name = 'widget'")
                .orElseThrow();
        await("the new settings", () -> get("/chat/config?key=" + key, null).statusCode() == 200);
        // Another second, as long as a changed document may go unseen.
        pause(1100);
    }

    /// Sets the secret that host pages sign with.
    void secret(String secret) {
        settings(widget -> new WidgetSettings(widget.id(), widget.key(), widget.name(), widget.color(),
                widget.greeting(), widget.teamId(), widget.allowedOrigins(), widget.hours(),
                signer.seal(WidgetSettings.SEAL_CONTEXT, secret), widget.conversationsPerHourMax()));
    }

    ChatWindow window() {
        return ChatWindow.open(port, null);
    }

    HttpResponse<String> get(String path, String origin) {
        var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (origin != null) request.header("Origin", origin);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    UUID agent(String name) {
        var id = Ids.next();
        database.sql().execute("""
                insert into agent (id, name, email, role, status) values ($1, $2, $3, 'agent', 'available')""",
                id, name,
                 name.toLowerCase(java.util.Locale.ROOT) + "@desk.example");
        return id;
    }

    UUID ticketOf(UUID visitor) {
        await("the visitor's ticket", () -> tickets(visitor).size() == 1);
        return tickets(visitor).getFirst();
    }

    List<UUID> tickets(UUID visitor) {
        return database.sql().column(UUID.class, """
                select distinct ticket_id from thread_key where kind = 'chat' and key = $1""", visitor.toString());
    }

    long count(String sql, Object... args) {
        return database.sql().value(Long.class, sql, args).orElse(0L);
    }

    /// As the reply feature does it: message and effect in one transaction.
    UUID reply(UUID ticket, String author, String text) {
        var id = Ids.next();
        database.run(tx -> {
            tx.execute("""
                    insert into message (id, ticket_id, customer_id, channel, direction, kind, at, author_type,
                      author_name, text, visible_text, status, status_rank)
                    select $1, t.id, t.customer_id, 'chat', 'outbound', 'message', now(), 'agent',
                      $3, $4, $4, 'queued', 1
                    from ticket t where t.id = $2""", id, ticket, author, text);
            var payload = new Outgoing(id, ticket, 1, "", List.of(), List.of(), List.of(), "", text, null, "",
                    List.of(), author, "", "en", List.of()).payload();
            outbox.put(tx, List.of(new Effect("chat", ticket + ":chat", "message:" + id, payload, id, ticket, null,
                    Instant.now(), null)));
        });
        outbox.committed();
        return id;
    }

    /// Until a statement waits for a table that the test holds.
    void awaitLock() {
        await("a lock", () -> count("select count(*) from pg_locks where not granted "
                + "and database = (select oid from pg_database where datname = current_database())") > 0);
    }

    String mailedCode(String to) {
        return database.sql().value(String.class, """
                select payload->>'subject' from outbox where channel = 'email' and payload->>'to' = $1
                order by id desc limit 1""", to).orElseThrow().replaceAll("\\D", "");
    }

    static void await(String what, BooleanSupplier there) {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (!there.getAsBoolean()) {
            if (Instant.now().isAfter(until)) throw new AssertionError("Never came: " + what);
            pause(10);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        chat.stop();
        inboxWorker.close();
        outboxWorker.close();
        sequencer.close();
        server.close().await();
        database.close();
        vertx.close().await();
    }
}
