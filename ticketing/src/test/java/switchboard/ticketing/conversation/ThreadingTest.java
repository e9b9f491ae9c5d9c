package switchboard.ticketing.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.ticketing.conversation.Threading.Candidate;

/// Where a message goes: each line is what it shows, who sent it, and where it came to lie.
class ThreadingTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final UUID MIA = new UUID(0, 1);
    private static final UUID THIEF = new UUID(0, 2);
    private static final UUID MIAS = new UUID(1, 1);
    private static final UUID OTHERS = new UUID(1, 2);
    private static final UUID LINE = new UUID(1, 3);

    record Case(String name, List<Proof> proofs, List<Candidate> found, UUID customer, String address, boolean line,
                UUID ticket, String rule, UUID followUpOf) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Candidate ticket(UUID id, UUID customer, String status, Duration solvedAgo) {
        return new Candidate(id, customer, status, solvedAgo == null ? null : NOW.minus(solvedAgo),
                Set.of("mia@x.test", "support@desk.test", "bo@x.test"), Set.of("mia@x.test"));
    }

    private static Candidate open() {
        return ticket(MIAS, MIA, "open", null);
    }

    private static Candidate others() {
        return new Candidate(OTHERS, THIEF, "open", null, Set.of(), Set.of());
    }

    private static Proof named() {
        return new Proof.Named("rfc", "1@x.test", "references", false);
    }

    private static Proof shared(String... recipients) {
        return new Proof.Shared("rfc-named", "lost@x.test", "answers-the-same", Set.of(recipients));
    }

    private static List<Candidate> none() {
        var found = new ArrayList<Candidate>();
        found.add(null);
        return found;
    }

    private static Candidate withoutAddress() {
        return new Candidate(MIAS, MIA, "open", null, Set.of("", "mia@x.test"), Set.of("", "mia@x.test"));
    }

    static Stream<Case> cases() {
        var token = new Proof.Token(MIAS, "mia@x.test");
        var certain = new Proof.Certain(MIAS, "call");
        var session = new Proof.Named("chat", "s1", "chat-session", true);
        var solvedLong = Threading.REOPEN_WINDOW.plusSeconds(1);
        return Stream.of(
                new Case("nothing shown", List.of(), List.of(), MIA, "mia@x.test", false, null, "new", null),
                new Case("same line", List.of(), List.of(), MIA, "+1", true, LINE, "same-line", null),
                new Case("nobody's address takes no part", List.of(named(), shared("mia@x.test"),
                        new Proof.Token(MIAS, "")), List.of(withoutAddress(), withoutAddress(), withoutAddress()),
                        THIEF, "", false, null, "new", null),
                new Case("names its own thread", List.of(named()), List.of(open()), MIA, "mia@x.test", false, MIAS,
                        "references", null),
                new Case("names it from a second address of the same customer", List.of(named()), List.of(open()),
                        MIA, "mia@home.test", false, MIAS, "references", null),
                new Case("a participant who is another customer", List.of(named()), List.of(open()), THIEF,
                        "mia@x.test", false, MIAS, "references", null),
                new Case("a stranger names it", List.of(named()), List.of(open()), THIEF, "thief@x.test", false, null,
                        "new", null),
                new Case("a stranger shows a forwarded token", List.of(token), List.of(open()), THIEF,
                        "thief@x.test", false, null, "new", null),
                new Case("the token's recipient", List.of(new Proof.Token(MIAS, "cc@x.test")), List.of(open()), THIEF,
                        "cc@x.test", false, MIAS, "reply-token", null),
                new Case("a doubtful sender has no address", List.of(token, named()), List.of(open(), open()), THIEF,
                        "", false, null, "new", null),
                new Case("the channel's own state is certain", List.of(certain), List.of(open()), THIEF, "", false,
                        MIAS, "call", null),
                new Case("a chat session names itself", List.of(session), List.of(open()), THIEF, "", false, MIAS,
                        "chat-session", null),
                new Case("an unknown name", List.of(named()), none(), MIA, "mia@x.test", false, null, "new", null),
                new Case("a refused proof, then one that holds", List.of(named(), token),
                        List.of(others(), open()), MIA,
                        "mia@x.test", false, MIAS, "reply-token", null),
                new Case("a refused proof, then the line", List.of(named()),
                        List.of(others()), MIA, "+1", true, LINE,
                        "same-line", null),
                new Case("solved a moment ago", List.of(named()),
                        List.of(ticket(MIAS, MIA, "solved", Duration.ofSeconds(1))), MIA, "mia@x.test", false, MIAS,
                        "references", null),
                new Case("solved just within the window", List.of(named()),
                        List.of(ticket(MIAS, MIA, "solved", Threading.REOPEN_WINDOW)), MIA, "mia@x.test", false, MIAS,
                        "references", null),
                new Case("solved too long ago", List.of(named()), List.of(ticket(MIAS, MIA, "solved", solvedLong)),
                        MIA, "mia@x.test", false, null, "follow-up", MIAS),
                new Case("names the same lost mail again", List.of(shared()), List.of(open()), MIA,
                        "mia@home.test", false, MIAS, "answers-the-same", null),
                new Case("a stranger names the same lost mail", List.of(shared("mia@x.test")),
                        List.of(open()), THIEF, "thief@x.test", false, null, "new", null),
                new Case("somebody whom the first wrote to names it, and wrote to the first",
                        List.of(shared("mia@x.test")), List.of(open()), THIEF, "bo@x.test", false, MIAS,
                        "answers-the-same", null),
                new Case("somebody whom the first wrote to names it, and did not write to the first",
                        List.of(shared("support@desk.test")), List.of(open()), THIEF, "bo@x.test", false, null,
                        "new", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void goesWhereItBelongs(Case one) {
        var newest = one.line() ? Optional.of(ticket(LINE, MIA, "open", null)) : Optional.<Candidate>empty();
        var found = one.found().stream().map(candidate -> candidate == null ? List.<Candidate>of()
                : List.of(candidate)).toList();
        var decision = Threading.decide(one.proofs(), found, one.customer(), one.address(), newest, NOW);
        assertEquals(one.ticket(), decision.ticketId().orElse(null));
        assertEquals(one.rule(), decision.rule());
        assertEquals(one.followUpOf(), decision.followUpOf().orElse(null));
    }

    @Test
    void strangersWhoNamedTheSameLostMailEarlierDoNotStandInTheWay() {
        var decision = Threading.decide(List.of(shared()), List.of(List.of(others(), open())), MIA, "mia@x.test",
                Optional.empty(), NOW);
        assertEquals(Optional.of(MIAS), decision.ticketId());
    }
}
