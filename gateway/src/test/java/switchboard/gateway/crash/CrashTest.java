package switchboard.gateway.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `kill -9` under load, at random and at every named place, of the program alone and with all that it started.
/// What was acknowledged must be there once, in order, and must have left once.
///
/// `-Dcrash.kills=20 -Dcrash.seed=1 -Dcrash.failpoints=mail.before-dot,...` change the run.
@Tag("crash")
class CrashTest {
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(120);

    /// Each with the number of passes that is drawn from: rare places are hit at once, frequent ones in mid-flight.
    private static final List<String> FAILPOINTS = List.of(
            "smtp.before-250:30", "smtp.after-250:30", "inbox.before-put:60", "inbox.before-commit:60",
            "inbox.committed:60", "hook.before-answer:20", "chat.before-ack:20", "chat.after-ack:20",
            "reply.committed:15", "imap.fetched:2", "imap.before-commit:2", "imap.before-seen:2", "intake.decoded:60",
            "intake.threaded:60", "intake.before-commit:60", "intake.committed:60", "sequencer.before-commit:40",
            "routing.committed:3", "outbox.inserted:15", "outbox.leased:15", "outbox.renewed:1",
            "outbox.before-deliver:15", "mail.before-connect:8", "mail.before-mail:8", "mail.before-rcpt:8",
            "mail.before-data:8", "mail.before-dot:8", "mail.after-250:8", "sms.before-post:8", "sms.after-post:8",
            "outbox.delivered:15", "outbox.before-mark:15", "outbox.marked:15");

    @Test
    void nothingIsLostDoubledOrDisorderedWhereverTheProgramIsKilled() {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        int kills = Integer.getInteger("crash.kills", 6);
        var random = new Random(seed);
        System.out.println("crash: seed " + seed);
        var starts = new ArrayList<Duration>();
        try (var house = new House("run", seed, Optional.empty())) {
            house.traffic.start();
            house.program.kill();
            boolean all = true;
            for (var place : failpoints()) {
                var at = place.split(":");
                var failpoint = at[0] + ":" + (1 + random.nextInt(Integer.parseInt(at[1]))) + ":kill";
                house.program.start(failpoint).ifPresent(starts::add);
                assertTrue(house.program.awaitDeath(REACHED_WITHIN), failpoint + " was not reached");
                all = !all;
                if (all) house.program.killAll();
                System.out.println("crash: at " + failpoint + (all ? " with its database" : ""));
            }
            for (int i = 0; i < kills; i++) {
                house.program.start("").ifPresent(starts::add);
                Program.pause(1000 + random.nextInt(5000));
                if (i % 2 == 0) house.program.killAll(); else house.program.kill();
            }
            house.program.start("").ifPresent(starts::add);
            Program.pause(3000);
            house.traffic.stop();
            var verdict = house.judge();
            System.out.println("crash: seed " + seed + " " + verdict);
            System.out.println("crash: ready after " + starts.stream().map(Duration::toMillis).sorted().toList()
                    + " ms");
            assertTrue(verdict.clean(), "seed " + seed + " " + verdict);
            System.out.println("crash: " + house.program.run("fsck").strip());
        }
    }

    private static List<String> failpoints() {
        var named = System.getProperty("crash.failpoints");
        if (named == null) return FAILPOINTS;
        return FAILPOINTS.stream().filter(place -> List.of(named.split(",")).contains(place.split(":")[0])).toList();
    }

    static List<Mutant> mutants() {
        return Mutant.all();
    }

    /// A judge that never finds anybody guilty is no judge.
    @ParameterizedTest
    @MethodSource("mutants")
    void aProgramWithAMistakeIsFoundOut(Mutant mutant) {
        var classes = mutant.compile();
        try (var house = new House(mutant.name(), 1, Optional.of(classes))) {
            house.program.kill();
            house.traffic.start();
            house.program.start(mutant.failpoint());
            assertTrue(house.program.awaitDeath(REACHED_WITHIN), mutant.failpoint()
                    + " was not reached");
            var killed = Instant.now();
            house.program.start("").orElseThrow();
            Program.pause(5000);
            house.traffic.stop();
            var verdict = house.judge();
            System.out.println("crash: " + mutant.name() + ", killed at " + killed + ": " + verdict);
            assertTrue(verdict.of(mutant.fault()) > 0, mutant.name() + " was not found out: " + verdict);
        }
    }
}
