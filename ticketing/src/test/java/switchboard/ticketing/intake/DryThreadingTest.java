package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.mail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;

/// Threading without a database matches threading with one.
class DryThreadingTest {
    /// Each mail is `id` or `id: names`; one customer wrote all of them.
    private static final List<String> MAILS = List.of("a", "b: a", "c: b a", "d: lost", "e: lost", "f", "g: late",
            "late", "h: e lost", "i: f g");

    private static Received.Message message(String from, String mail) {
        var parts = mail.split(": ");
        var names = parts.length == 1 ? new String[0] : parts[1].split(" ");
        for (int i = 0; i < names.length; i++) names[i] = names[i] + "-" + from;
        return mail(from, "subject", "text", parts[0] + "-" + from, names);
    }

    private static List<List<String>> partition(Map<String, UUID> placed) {
        var all = new LinkedHashMap<UUID, List<String>>();
        placed.forEach((id, ticket) -> all.computeIfAbsent(ticket, _ -> new ArrayList<>()).add(id));
        return List.copyOf(all.values());
    }

    @Test
    void intakePlacesEachMailWhereTheDryRunPutsItFirst() {
        try (var desk = new Desk()) {
            for (int seed = 0; seed < 8; seed++) {
                var from = "mia" + seed + "@dry.test";
                var mails = new ArrayList<>(MAILS);
                Collections.shuffle(mails, new Random(seed));
                var dry = new DryThreading();
                var guessed = new LinkedHashMap<String, UUID>();
                var placed = new LinkedHashMap<String, UUID>();
                for (var one : mails) {
                    guessed.put(one, dry.receive(message(from, one)).getFirst());
                    placed.put(one, desk.receive(message(from, one)).getFirst().ticketId());
                }
                assertEquals(partition(placed), partition(guessed), "in the order " + mails);
            }
        }
    }
}
