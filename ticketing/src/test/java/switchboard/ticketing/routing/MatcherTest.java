package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static Work work(int id, String priority, Duration waited, String... skills) {
        return new Work(new UUID(0, id), 1, "email", 10, null, List.of(skills), priority, NOW.minus(waited), null,
                Set.of());
    }

    private static Candidate agent(int id, int used, Duration idle, Map<String, Integer> skills) {
        return new Candidate(new UUID(9, id), "Agent " + id, 1, "available", 100, used, Set.of(), skills, "en",
                NOW.minus(idle));
    }

    private static Candidate agent(int id) {
        return agent(id, 0, Duration.ofMinutes(1), Map.of());
    }

    private static List<UUID> order(Work... works) {
        return Matcher.decide(List.of(works), List.of(), NOW).stream().map(Decision::workId).toList();
    }

    private static UUID id(int id) {
        return new UUID(0, id);
    }

    @Test
    void theOlderNormalTicketOvertakesAFreshUrgentOneAfterFortyMinutesAndNotBefore() {
        assertEquals(id(2), order(work(1, "normal", Duration.ofMinutes(39)), work(2, "urgent", Duration.ZERO))
                .getFirst());
        assertEquals(id(1), order(work(1, "normal", Duration.ofMinutes(41)), work(2, "urgent", Duration.ZERO))
                .getFirst());
    }

    @Test
    void ofEqualPriorityTheLongestWaitingIsFirstAndOfEqualWaitTheSmallerId() {
        assertEquals(List.of(id(2), id(1), id(3)), order(work(3, "normal", Duration.ofMinutes(1)),
                work(1, "normal", Duration.ofMinutes(1)), work(2, "normal", Duration.ofMinutes(2))));
    }

    @Test
    void aCallbackKeepsItsPlaceAmongWhatQueuedLater() {
        var later = IntStream.rangeClosed(1, 299).mapToObj(s -> work(s, "normal", Duration.ofSeconds(300 - s)));
        var all = new ArrayList<>(later.toList());
        all.add(work(1000, "normal", Duration.ofSeconds(300)));
        assertEquals(id(1000), order(all.toArray(Work[]::new)).getFirst());
    }

    @Test
    void theMoreProficientWinsThenTheLongerIdleThenTheSmallerId() {
        var skilled = work(1, "normal", Duration.ZERO, "fr");
        var five = agent(1, 0, Duration.ofHours(9), Map.of("fr", 5));
        var eight = agent(2, 0, Duration.ofMinutes(1), Map.of("fr", 8));
        assertEquals(eight.id(), chosen(skilled, five, eight));
        var idle = agent(3, 0, Duration.ofMinutes(2), Map.of("fr", 8));
        assertEquals(idle.id(), chosen(skilled, five, eight, idle));
        assertEquals(agent(4).id(), chosen(work(1, "normal", Duration.ZERO), agent(5), agent(4)));
    }

    private static UUID chosen(Work work, Candidate... agents) {
        var chosen = Matcher.decide(List.of(work), List.of(agents), NOW).getFirst().chosen();
        return chosen == null ? null : chosen.id();
    }

    @Test
    void whoHasTheCustomerIsPreferredToWhoIsBetterUnlessFull() {
        var preferred = agent(1, 0, Duration.ZERO, Map.of("fr", 1));
        var better = agent(2, 0, Duration.ofHours(1), Map.of("fr", 10));
        var work = new Work(id(1), 1, "email", 10, null, List.of("fr"), "normal", NOW, preferred.id(), Set.of());
        assertEquals(preferred.id(), chosen(work, preferred, better));
        assertEquals(better.id(), chosen(work, agent(1, 91, Duration.ZERO, Map.of("fr", 1)), better));
    }

    @ParameterizedTest(name = "{0} units used of 100, a piece of {1}: taken {2}")
    @CsvSource({"0, 100, true", "1, 100, false", "75, 25, true", "76, 25, false", "90, 10, true", "91, 10, false"})
    void capacityIsFilledAndNeverExceeded(int used, int cost, boolean taken) {
        var work = new Work(id(1), 1, "x", cost, null, List.of(), "normal", NOW, null, Set.of());
        assertEquals(taken, chosen(work, agent(1, used, Duration.ZERO, Map.of())) != null);
    }

    @Test
    void oneBatchGivesNoAgentMoreThanTheirCapacityAndLeavesNothingThatCouldBeTaken() {
        var works = IntStream.range(0, 25).mapToObj(i -> work(i, "normal", Duration.ofSeconds(i))).toList();
        var decisions = Matcher.decide(works, List.of(agent(1), agent(2)), NOW);
        for (int agent = 1; agent <= 2; agent++) {
            var id = agent(agent).id();
            assertEquals(10, decisions.stream().filter(one -> one.chosen() != null && one.chosen().id().equals(id))
                    .count());
        }
        var last = decisions.getLast();
        assertNull(last.chosen());
        assertEquals("all-busy", last.reason());
    }

    @Test
    void theReasonSaysWhyNobodyCouldTakeIt() {
        var team = new UUID(7, 7);
        var work = new Work(id(1), 1, "email", 10, team, List.of("fr"), "normal", NOW, null, Set.of(agent(3).id()));
        var decision = Matcher.decide(List.of(work), List.of(agent(3)), NOW).getFirst();
        assertEquals("no-candidate", decision.outcome());
        assertEquals(List.of("team", "skipped", "skill:fr"), decision.candidates().getFirst().reasons());
        assertEquals("no-agents", Matcher.decide(List.of(work), List.of(), NOW).getFirst().reason());
        var away = new Candidate(new UUID(9, 1), "A", 1, "away", 100, 0, Set.of(), Map.of(), "en", NOW);
        assertEquals("nobody-available",
                Matcher.decide(List.of(work(1, "normal", Duration.ZERO)), List.of(away), NOW).getFirst().reason());
        assertEquals("nobody-with-skill-or-team",
                Matcher.decide(List.of(work(1, "normal", Duration.ZERO, "fr")), List.of(agent(1)), NOW).getFirst()
                .reason());
    }

    @Test
    void theSameFactsInAnyOrderGiveTheSameDecisions() {
        var random = new Random(7);
        var works = new ArrayList<>(IntStream.range(0, 60)
                .mapToObj(i -> work(i, List.of("low", "normal", "high", "urgent")
                .get(random.nextInt(4)), Duration.ofMinutes(random.nextInt(3)), i % 5 == 0 ? new String[] {"fr"}
                : new String[0])).toList());
        var agents = new ArrayList<>(IntStream.range(0, 7).mapToObj(i -> agent(i, random.nextInt(80),
                Duration.ofSeconds(random.nextInt(3)), i % 2 == 0 ? Map.of("fr", 5) : Map.of())).toList());
        var first = Matcher.decide(works, agents, NOW);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(works, random);
            Collections.shuffle(agents, random);
            assertEquals(first, Matcher.decide(works, agents, NOW));
        }
    }

    @Test
    void nothingStarvesHoweverManyUrgentOnesKeepComing() {
        var low = work(999_999, "low", Duration.ZERO);
        var waiting = new ArrayList<>(List.of(low));
        int minute = 0;
        while (waiting.contains(low)) {
            var now = NOW.plus(Duration.ofMinutes(minute++));
            waiting.add(new Work(id(minute), 1, "email", 10, null, List.of(), "urgent", now, null, Set.of()));
            var decisions = Matcher.decide(waiting, List.of(agent(1, 90, Duration.ZERO, Map.of())), now);
            waiting.removeIf(work -> decisions.getFirst().workId().equals(work.id()));
            assertTrue(minute < 100, "after " + minute + " minutes a low one still waits");
        }
        assertEquals(61, minute);
    }
}
