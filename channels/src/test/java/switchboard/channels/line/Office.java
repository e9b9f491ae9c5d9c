package switchboard.channels.line;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import switchboard.channels.Channel;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.channels.simulator.CarrierSimulator;
import switchboard.channels.simulator.Handset;
import switchboard.channels.simulator.OpenApiCheck;
import switchboard.channels.simulator.Pace;
import switchboard.channels.simulator.SimulatorOptions;
import switchboard.channels.sms.SmsChannel;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequencer;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.reply.Replies;

/// The program's way in and way out for texts and calls, with a real database, real HTTP and the carrier.
public class Office implements AutoCloseable {
    public static final String ACCOUNT = "AC00000000000000000000000000000001";
    public static final String TOKEN = "demo0000000000000000000000000000";
    public static final String NUMBER = "+15005550006";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final Vertx vertx = Vertx.vertx();
    public final Database database;
    public final Journal journal;
    public final Inbox inbox;
    public final Outbox outbox;
    public final Intake intake;
    public Replies replies;
    public final TwilioSettings settings;
    public final CarrierSimulator carrier;
    public final TwilioAccess access;
    public final String publicUrl;
    public final UUID team = Ids.next();
    private final HttpServer server;
    private final List<AutoCloseable> running = new ArrayList<>();

    public Office() {
        database = new Database(vertx, TestDatabase.working(TestDatabase.freshDatabase()), 16);
        journal = new Journal(database);
        inbox = new Inbox(database);
        outbox = new Outbox(database);
        intake = new Intake(journal);
        var timeline = new Timeline(database, new NoLinks());
        var router = Router.router(vertx);
        server = vertx.createHttpServer().requestHandler(router);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        publicUrl = "http://127.0.0.1:" + server.actualPort();
        carrier = CarrierSimulator.start(options(new SimulatorOptions(ACCOUNT, TOKEN, 0, "127.0.0.1", hook("sms"),
                hook("voice"),
                hook("status"), NUMBER).withPace(Pace.INSTANT)));
        settings = new TwilioSettings(ACCOUNT, TOKEN, Optional.empty(), Optional.empty(),
                Optional.of(carrier.baseUrl()));
        access = new TwilioAccess(settings);
        play(() -> {
            database.sql().execute("insert into team (id, name) values ($1, 'Support')", team);
            database.sql().execute("""
                    insert into phone_number (id, number, name, team_id, greeting) values ($1, $2, 'Main', $3, $4)""",
                    Ids.next(), NUMBER, team, "Welcome to the shop");
            var channels = channels();
            replies = new Replies(database, journal, outbox, timeline, channels.stream().map(Channel::card).toList());
            channels.forEach(channel -> channel.mount(router));
            running.add(new Sequencer(journal).start());
            running.add(new InboxWorker(database, inbox, intake, journal, channels).start());
            running.add(new OutboxWorker(outbox, new Deliveries(database, journal, outbox), channels).start());
            channels.forEach(Channel::start);
            channels.forEach(channel -> running.addFirst(channel::stop));
        });
    }

    protected SimulatorOptions options(SimulatorOptions options) {
        return options;
    }

    protected List<Channel> channels() {
        return List.of(new SmsChannel(database, inbox, outbox, intake, journal, access, settings, publicUrl));
    }

    public URI hook(String name) {
        return URI.create(publicUrl + "/webhooks/twilio/" + name);
    }

    public interface Scene {
        void play() throws Exception;
    }

    /// Runs a scene on a virtual thread, as all our code does.
    public void play(Scene scene) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try {
                scene.play();
                done.complete(null);
            } catch (Throwable failed) {
                done.completeExceptionally(failed);
            }
        });
        try {
            done.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            if (failed.getCause() instanceof Error cause) throw cause;
            throw failed;
        }
    }

    public Handset handset(String number) {
        return carrier.handset(number);
    }

    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("waited in vain for " + what + "; "
                    + carrier.problems());
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }
    }

    public void awaitRow(String what, String sql, Object... args) {
        await(what, () -> database.sql().exists(sql, args));
    }

    /// Awaits without the pauses between an effect's tries: each next one is due at once.
    public void awaitNextTries(String what, BooleanSupplier condition) {
        await(what, () -> {
            if (condition.getAsBoolean()) return true;
            int due = database.sql().execute(
                    "update outbox set next_at = now() where state = 'pending' and next_at > now()");
            if (due > 0) outbox.committed();
            return false;
        });
    }

    public long count(String sql, Object... args) {
        return database.sql().value(Long.class, "select count(*) from " + sql, args).orElseThrow();
    }

    public UUID agent(String name, String phone) {
        var id = Ids.next();
        database.sql().execute("""
                insert into agent (id, name, email, role, status, phone)
                values ($1, $2, $3, 'agent', 'available', $4)""",
                id, name, name.toLowerCase(java.util.Locale.ROOT) + "@office.test", phone);
        database.sql().execute("insert into team_member values ($1, $2)", team, id);
        return id;
    }

    public UUID reply(UUID agent, UUID ticket, String text) {
        return replies.send(Where.ALL, agent, ticket, Replies.Draft.of(text), Ids.next().toString()).id();
    }

    /// Posts a webhook as anybody could, signed with `token`, after `forge` has had its way with the form.
    public HttpResponse<String> post(String target, FormBody signed, String token,
            UnaryOperator<FormBody> forge) throws Exception {
        var url = publicUrl + target;
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(forge.apply(signed).encoded()));
        if (token != null) request.header(Signature.HEADER, Signature.sign(token, url, signed));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /// What we asked of the carrier that its own description does not allow.
    public List<String> violations() {
        // Pictures and sound are no part of the description.
        return new OpenApiCheck().violations(carrier.requests().stream().filter(one -> !one.path().contains("/Media/"))
                .toList());
    }

    /// How often a REST request of this kind left us.
    public long requests(String method, String pathPart) {
        return carrier.requests().stream().filter(one -> one.method().equals(method) && one.path().contains(pathPart))
                .count();
    }

    @Override
    public void close() {
        play(() -> {
            for (var one : running.reversed()) one.close();
        });
        access.close();
        carrier.close();
        server.close();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class NoLinks implements TimelineItem.Links {
        @Override
        public String html(UUID messageId) {
            return Map.of("html", messageId).toString();
        }

        @Override
        public String attachment(UUID attachmentId) {
            return Map.of("file", attachmentId).toString();
        }
    }
}
