package switchboard.ticketing.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.ticket.Standing;

class PreviewTest {
    @Test
    void aPreviewIsOneLineOfWordsOrOfNamesAndNeverHalfACharacter() {
        assertEquals("two lines", Preview.of(" two\n\n\tlines ", List.of("a.pdf")));
        assertEquals("a.pdf, 收据.jpg", Preview.of(" \n", List.of("a.pdf", "收据.jpg")));
        assertEquals("", Preview.of("", List.of()));
        assertEquals("pay now", Preview.line("\u202Epay\u202C \u2067now\u2069"));
        assertEquals("مرحبا \u200Fabc", Preview.line("مرحبا \u200Fabc"), "a mark that turns nothing else stays");
        for (int before = 137; before < 142; before++) {
            var line = Preview.line("x".repeat(before) + "🎒🎒");
            assertFalse(Character.isHighSurrogate(line.charAt(line.length() - 1)), before + " characters before");
            assertEquals(line.codePoints().toArray().length, line.codePointCount(0, line.length()));
        }
    }

    private static Received.Message with(Received.Message plain, List<Received.File> files) {
        return new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(), plain.kind(),
                plain.quiet(), plain.sender(), plain.proofs(), plain.window(), plain.content(), files, plain.keys(),
                plain.flags(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Tag("D10")
    @Test
    void aMessageOfFilesAloneShowsTheirNamesAlsoWhenItIsTheLastAgain() {
        try (var desk = new Desk()) {
            var files = List.of(new Received.File("strap.jpg", "image/jpeg", "", false, new byte[] {1}),
                    new Received.File("order 12.pdf", "application/pdf", "", false, new byte[] {2}));
            var id = desk.receive(with(mail("pia@files.test", "", "", "1@files.test"), files)).getFirst().ticketId();
            assertEquals("strap.jpg, order 12.pdf", desk.ticket(id).lastMessage().preview());
            assertEquals("strap.jpg, order 12.pdf", desk.ticket(id).subject());
            virtually(() -> desk.database.transaction(tx -> {
                tx.execute("update ticket set last_preview = 'taken back since' where id = $1", id);
                Standing.derive(tx, id, true);
                return null;
            }));
            assertEquals("strap.jpg, order 12.pdf", desk.ticket(id).lastMessage().preview());
        }
    }

    @Tag("M51")
    @Test
    void aSubjectTurnsNoTextAroundIt() {
        try (var desk = new Desk()) {
            var id = desk.receive(mail("eve@turn.test", "Invoice \u202Efdp.exe", "open \u2067it", "1@turn.test"))
                    .getFirst().ticketId();
            assertEquals("Invoice fdp.exe", desk.ticket(id).subject());
            assertEquals("open it", desk.ticket(id).lastMessage().preview());
            desk.settle();
            var item = virtually(() -> desk.timeline.ofTicket(id, Timeline.Query.ALL)).items().stream()
                    .filter(one -> one.kind().equals("message")).findFirst().orElseThrow();
            assertEquals("Invoice fdp.exe", item.subject());
        }
    }
}
