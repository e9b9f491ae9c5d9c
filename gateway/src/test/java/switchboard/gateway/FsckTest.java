package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import switchboard.ticketing.Desk;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.reply.Replies;

/// Each law is broken by one statement, and says so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FsckTest {
    private static final Map<String, String> BREAKS = new LinkedHashMap<>();
    private Desk desk;

    static {
        BREAKS.put("journal entries are dense: seq without its predecessor",
                "update journal_order set seq = seq + 1000 where seq = (select max(seq) from journal_order)");
        BREAKS.put("every journal entry is ordered or waits for it",
                "delete from journal_order where seq = (select max(seq) from journal_order)");
        BREAKS.put("every ordered entry exists", "insert into journal_order (seq, id, recorded_at) "
                + "select max(seq) + 1, -1, now() from journal_order");
        BREAKS.put("every inbox key names a stored row", "delete from inbox");
        BREAKS.put("a received message has one journal entry",
                "update journal set kind = 'message.changed' where kind = 'message.received'");
        BREAKS.put("every message has a journal entry", "update journal set message_id = null "
                + "where message_id = (select id from message where direction = 'outbound')");
        BREAKS.put("a journal entry's message exists", "update journal set message_id = gen_random_uuid() "
                + "where message_id is null and kind = 'ticket.created'");
        BREAKS.put("an outbound message to a customer has its effect", "update outbox set message_id = null");
        BREAKS.put("a file's bytes are stored",
                "update attachment set sha256 = repeat('0', 64)");
        BREAKS.put("a picture's bytes are stored", "insert into article_picture (key, sha256, type, size_bytes) "
                + "values ('lost', repeat('0', 64), 'image/png', 1)");
        BREAKS.put("stored bytes have the hash that they are named by", "update blob set bytes = 'other'");
        BREAKS.put("who has an open ticket is still an agent", "update agent set active = false");
        BREAKS.put("an assignment by routing has its decision", "delete from routing_decision");
        BREAKS.put("a leased effect's lease is held or taken over", "update outbox set state = 'leased', "
                + "lease_until = now() - interval '61 seconds'");
        BREAKS.put("a merged customer points at one who is not merged", "update customer set merged_into = id");
        BREAKS.put("a verified identity that is not shared is one customer's", """
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                select gen_random_uuid(), customer_id, kind, value, raw, true, 'api' from identity where verified""");
    }

    /// One of everything: a mail with a key, a file, an answer, an assignment with its decision, a lease.
    @BeforeAll
    void open() {
        desk = new Desk(TestDatabase.freshDatabase()); // the program itself may not break its journal
        var ada = desk.agent("Ada", "available", desk.team("Support"));
        var key = virtually(() -> desk.inbox.put(new Arrival("smtp", "lane", "key", Map.of(),
                "raw".getBytes(StandardCharsets.UTF_8))));
        assertTrue(key.id() > 0);
        var placed = desk.receive(mail("mia@x.test", "Lamp", "It moves", "1@x.test")).getFirst();
        virtually(() -> {
            desk.database.sql().execute("""
                    update message set (inbox_id, inbox_at) = (select id, received_at from inbox limit 1)
                    where direction = 'inbound'""");
            desk.database.sql().execute("update identity set verified = true");
            var name = desk.database.transaction(tx -> Blobs.store(tx, List.of("picture".getBytes(
                    StandardCharsets.UTF_8)))).getFirst();
            return desk.database.sql().execute("insert into attachment (id, message_id, name, type, size_bytes, "
                    + "sha256) select gen_random_uuid(), id, 'p', 'image/png', 7, $1 from message", name);
        });
        var routing = virtually(() -> desk.routing().start());
        Desk.until(() -> ada.equals(desk.ticket(placed.ticketId()).assignee() == null ? null
                : desk.ticket(placed.ticketId()).assignee().id()));
        virtually(() -> {
            routing.close();
            return desk.replies.send(Where.ALL, ada, placed.ticketId(), Replies.Draft.of("an answer"), null);
        });
        desk.settle();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static final class Undo extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What the laws say after a statement that is then taken back.
    private List<String> after(String statement) {
        var said = new java.util.ArrayList<String>();
        try {
            virtually(() -> desk.database.transaction(tx -> {
                tx.execute("drop index identity_owner");
                if (statement != null) assertTrue(tx.execute(statement) > 0, statement);
                said.addAll(Fsck.run(tx));
                throw new Undo();
            }));
        } catch (Undo undone) {
            return said;
        }
        throw new AssertionError("not undone");
    }

    @Test
    void whatTheProgramWroteKeepsEveryLaw() {
        assertEquals(List.of(), after(null));
    }

    @Test
    void theDemosHistoryKeepsEveryLaw() {
        try (var demo = Server.demo()) {
            assertEquals(List.of(), Fsck.run(demo.app.database.sql()));
        }
    }

    @Test
    void everyLawCanBeBrokenAndSaysWhatBreaksIt() {
        assertEquals(Fsck.LAWS.keySet(), BREAKS.keySet());
        BREAKS.forEach((law, statement) -> {
            var said = after(statement);
            assertTrue(said.stream().anyMatch(line -> line.matches("(?s)" + java.util.regex.Pattern.quote(law)
                    + ": \\S.*")), law + " is not among " + said);
        });
    }

    private record Ended(int code, String text) {}

    private Ended command(Path home) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "switchboard.gateway.Switchboard", "fsck")
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("SWITCHBOARD_DATABASE_URL", desk.uri, "SWITCHBOARD_HOME",
                home.toString(), "SWITCHBOARD_SECRET", "a-secret-of-the-tests-only"));
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), text);
    }

    @Test
    void theCommandEndsWithZeroWhenAllAgreesAndWithOneAndALineWhenNot(@TempDir Path home) throws Exception {
        var good = command(home);
        assertEquals(0, good.code(), good.text());
        assertTrue(good.text().contains("Everything agrees"), good.text());
        virtually(() -> desk.database.sql().execute("update agent set active = false"));
        try {
            var bad = command(home);
            assertEquals(1, bad.code(), bad.text());
            assertTrue(bad.text().contains("who has an open ticket is still an agent: 1001"), bad.text());
            assertTrue(bad.text().contains("1 things do not agree"), bad.text());
        } finally {
            virtually(() -> desk.database.sql().execute("update agent set active = true"));
        }
    }
}
