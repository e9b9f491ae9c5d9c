package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.reply.Replies.Draft;

class AttachmentsTest {
    private final Desk desk = new Desk();
    private UUID agent;

    @BeforeEach
    void open() {
        agent = desk.agent("Ada", "available");
        virtually(() -> desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, 'Support', "
                + "'support@desk.test')", UUID.randomUUID()));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private UUID written() {
        return desk.receive(mail("c@x.test", "Lamp", "It is broken", "in@x.test")).getFirst().ticketId();
    }

    private Replies.Sent send(UUID ticket, Draft draft) {
        return virtually(() -> desk.replies.send(Where.ALL, agent, ticket, draft, null));
    }

    private <T> T value(Class<T> type, String sql, Object... args) {
        return virtually(() -> desk.database.sql().value(type, sql, args)).orElseThrow();
    }

    @Test
    void aFileIsSentOnceByWhoUploadedIt() {
        var ticket = written();
        var other = desk.agent("Eve", "available");
        var mine = upload(agent, "../../etc/pass\u202Ewd.txt");
        var theirs = upload(other, "x.txt");
        assertThrows(Failure.Invalid.class, () -> send(ticket, with(theirs)));
        send(ticket, with(mine));
        assertThrows(Failure.Invalid.class, () -> send(ticket, with(mine)));
        assertEquals(1, value(Long.class, "select count(*) from outbox where ticket_id = $1", ticket));
        assertEquals("passwd.txt", value(String.class, "select payload -> 'files' -> 0 ->> 'name' from outbox "
                + "where ticket_id = $1", ticket));
    }

    @Test
    void aFileOfWhatWasTakenBackCanBeSentAgain() {
        var ticket = written();
        var file = upload(agent, "a.txt");
        var draft = new Draft("a", null, null, null, null, null, List.of(file), null, null, 30);
        var first = send(ticket, draft);
        virtually(() -> {
            desk.replies.undo(Where.ALL, agent, ticket, first.id());
            return null;
        });
        assertEquals(send(ticket, draft).id(), value(UUID.class, "select message_id from attachment where id = "
                + "$1", file));
    }

    @Test
    void theFilesOfAMessageHaveAtMostTwentyFiveMegabytesTogether() {
        var ticket = written();
        var files = List.of(upload(agent, "a.txt"), upload(agent, "b.txt"));
        var draft = new Draft("a", null, null, null, null, null, files, null, null, null);
        sized(files, Attachments.BYTES_MAX / 2, Attachments.BYTES_MAX / 2 + 1);
        assertThrows(Failure.Invalid.class, () -> send(ticket, draft));
        sized(files, Attachments.BYTES_MAX / 2, Attachments.BYTES_MAX / 2);
        send(ticket, draft);
    }

    private void sized(List<UUID> files, long... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long size = bytes[i];
            var file = files.get(i);
            virtually(() -> desk.database.sql().execute("update attachment set size_bytes = $2 where id = $1", file,
                    size));
        }
    }

    private UUID upload(UUID by, String name) {
        return virtually(() -> desk.database.transaction(tx ->
                Attachments.upload(tx, by, name, "text/plain", "abc".getBytes()))).id();
    }

    private static Draft with(UUID file) {
        return new Draft("a", null, null, null, null, null, List.of(file), null, null, null);
    }
}
