package switchboard.ticketing;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequencer;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.reply.Card;
import switchboard.ticketing.reply.Forwarding;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Tickets;

/// A whole desk on a fresh database, for tests: everything of ticketing, with the sequencer running.
public final class Desk implements AutoCloseable {
    public static final Map<String, Integer> COSTS = Map.of("phone", 100, "chat", 25, "sms", 15, "email", 10, "form",
            10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// What the channels hand in, where there are no channels.
    public static final List<Card> CARDS = List.of(Card.sending("email", Address.EMAIL).withRecipientsMax(100),
            Card.sending("chat", Address.CHAT), Card.sending("sms", Address.PHONE).withPlainTextOf(1600),
            Card.answeredBy("form", "email"), Card.answeredBy("phone", "sms"));

    public final String uri;
    public final Vertx vertx = Vertx.vertx();
    public final Database database;
    public final Journal journal;
    public final Sequencer sequencer;
    public final Inbox inbox;
    public final Intake intake;
    public final Outbox outbox;
    public final Tickets tickets;
    public final Customers customers;
    public final Timeline timeline;
    public final Replies replies;
    public final Forwarding forwarding;

    private static final TimelineItem.Links LINKS = new TimelineItem.Links() {
        @Override
        public String html(UUID id) {
            return "/content/" + id;
        }

        @Override
        public String attachment(UUID id) {
            return "/content/" + id;
        }
    };

    /// With the rights of the program, no more.
    public Desk() {
        this(TestDatabase.freshDatabase(), true);
    }

    /// @param uri a database with all migrations, and all rights in it
    public Desk(String uri) {
        this(uri, false);
    }

    private Desk(String uri, boolean asProgram) {
        this.uri = uri;
        database = new Database(vertx, asProgram ? TestDatabase.working(uri) : uri, 12);
        journal = new Journal(database);
        sequencer = new Sequencer(journal).start();
        inbox = new Inbox(database);
        intake = new Intake(journal);
        outbox = new Outbox(database);
        tickets = new Tickets(database, journal);
        customers = new Customers(database, journal);
        timeline = new Timeline(database, LINKS);
        replies = new Replies(database, journal, outbox, timeline, CARDS);
        forwarding = new Forwarding(database, journal, outbox);
    }

    /// Runs on a virtual thread, as everything that awaits must.
    public static <T> T virtually(Callable<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        } catch (java.util.concurrent.ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            if (failed.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// Runs a statement that the program has no right to.
    public void asOwner(String sql) {
        TestDatabase.execute(uri, sql);
    }

    public UUID agent(String name, String status, UUID... teams) {
        return virtually(() -> {
            var id = Ids.next();
            database.sql().execute("""
                    insert into agent (id, name, email, role, status) values ($1, $2, $3, 'agent', $4)""",
                    id, name, name.toLowerCase(java.util.Locale.ROOT) + "@desk.test", status);
            for (var team : teams) database.sql().execute("insert into team_member values ($1, $2)", team, id);
            return id;
        });
    }

    public UUID team(String name) {
        return virtually(() -> {
            var id = Ids.next();
            database.sql().execute("insert into team (id, name) values ($1, $2)", id, name);
            return id;
        });
    }

    public static Received.Message mail(String from, String subject, String text, String rfcId, String... references) {
        var proofs = new ArrayList<Proof>();
        for (var reference : references) proofs.add(new Proof.Named("rfc", reference, "references", false));
        var content = new Received.Content(subject, text, text, "", "", null, List.of("support@desk.test"), List.of(),
                rfcId);
        return new Received.Message(new Received.Origin(0, null), "email", "support@desk.test", Instant.now(),
                "message", false, Sender.plain(Address.email(from), ""), proofs, Optional.empty(), content, List.of(),
                rfcId == null ? List.of() : List.of(new Received.Key("rfc", rfcId, true)), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    public static Received.Message sms(String from, String text) {
        return new Received.Message(new Received.Origin(0, null), "sms", "+15005550006", Instant.now(), "message",
                false, Sender.plain(Address.phone(from, "US"), ""), List.of(), Optional.of(Duration.ofDays(7)),
                Received.Content.plain("", text), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public List<Intake.Placed> receive(Received... events) {
        return virtually(() -> {
            var placed = database.transaction(tx -> intake.receive(tx, List.of(events)));
            journal.committed();
            return placed;
        });
    }

    /// Waits until the sequencer has ordered everything that is committed.
    public void settle() {
        until(() -> !virtually(() -> database.sql().exists("select 1 from journal_pending")));
    }

    public static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("It did not happen within " + PATIENCE);
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }
    }

    public switchboard.ticketing.ticket.Ticket ticket(UUID id) {
        return virtually(() -> tickets.get(Where.ALL, id, id));
    }

    public Routing routing() {
        return new Routing(database, journal, COSTS);
    }

    @Override
    public void close() {
        virtually(() -> {
            sequencer.close();
            return null;
        });
        database.close();
        vertx.close();
    }
}
