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

/// `kill -9` under load, at random and at every named place, of the program alone and with its database and Redis.
/// What was acknowledged must be there once, in order, and must have left once.
///
/// `-Dcrash.kills=20 -Dcrash.seed=1 -Dcrash.failpoints=mail.before-dot,...` change the run.
@Tag("crash")
class CrashTest {
    private static final Duration REACHED_WITHIN = Duration.ofMinutes(5);

    /// Each with the number of passes that is drawn from: rare places are hit at once, frequent ones in mid-flight.
    private static final List<String> FAILPOINTS = List.of(
            "smtp.before-250:30", "smtp.after-250:30", "inbox.before-put:60", "inbox.before-write:60",
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
        int kills = Integer.getInteger("crash.kills", 20);
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
                start(house, failpoint, all).ifPresent(starts::add);
                assertTrue(house.program.awaitDeath(REACHED_WITHIN), failpoint + " was not reached");
                all = !all;
                if (all) house.program.killAll();
                System.out.println("crash: at " + failpoint + (all ? " with its database and Redis" : ""));
            }
            for (int i = 0; i < kills; i++) {
                start(house, "", all).ifPresent(starts::add);
                Program.pause(500 + random.nextInt(2500));
                boolean redis = i % 4 < 2;
                if (redis) house.program.killRedis();
                Program.pause(500 + random.nextInt(2500));
                all = i % 2 == 0;
                if (all) house.program.killAll(); else house.program.kill();
                all |= redis; // it may have died half-way up again, which is no orphan to adopt
                System.out.println("crash: at random " + (i + 1) + (i % 2 == 0 ? " with its database and Redis" : "")
                        + (redis ? ", its Redis before it" : ""));
            }
            start(house, "", all).ifPresent(starts::add);
            Program.pause(3000);
            house.program.killRedis();
            Program.pause(3000);
            house.traffic.stop();
            assertTrue(house.program.awaitRedis(), "the program has not come back to its Redis");
            var verdict = house.judge();
            System.out.println("crash: seed " + seed + " " + verdict);
            System.out.println("crash: ready after " + starts.stream().map(Duration::toMillis).sorted().toList()
                    + " ms");
            assertTrue(verdict.clean(), "seed " + seed + " " + verdict);
            System.out.println("crash: " + house.program.run("fsck").strip());
        }
    }

    /// @param anew the servers died too; otherwise they are orphans, and the program that starts must adopt them
    private static Optional<Duration> start(House house, String failpoint, boolean anew) {
        var orphans = house.program.servers();
        var started = house.program.start(failpoint);
        if (!anew && started.isPresent()) {
            assertTrue(house.program.servers().containsAll(orphans), "orphans " + orphans + " are not among "
                    + house.program.servers());
        }
        return started;
    }

    /// A node that is stopped in the middle of its work, for longer than its leases last, comes back and does nothing
    /// of what another has done meanwhile.
    @Test
    void aNodeThatWasStoppedPastItsLeasesDoesNothingTwice() {
        try (var house = new House("stopped", 1, Optional.empty())) {
            var verdict = stopped(house, "sms.before-post:8:stop");
            System.out.println("crash: stopped, overtaken, gone on: " + verdict);
            assertTrue(verdict.clean(), verdict.toString());
        }
    }

    private static Oracle.Verdict stopped(House house, String failpoint) {
        house.program.kill();
        house.traffic.start();
        house.program.start(failpoint).orElseThrow();
        assertTrue(house.program.awaitStop(REACHED_WITHIN), failpoint + " was not reached");
        long token = house.sequencerToken();
        try (var other = house.neighbour()) {
            other.start("").orElseThrow();
            var until = Instant.now().plus(Program.PATIENCE);
            while (house.sequencerToken() == token || !house.nothingWaits()) {
                assertTrue(Instant.now().isBefore(until), "the other node has not taken over");
                Program.pause(200);
            }
            house.program.goOn();
            Program.pause(5000);
            house.traffic.stop();
            return house.judge();
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
            var verdict = mutant.failpoint().endsWith(":stop") ? stopped(house, mutant.failpoint())
                    : killed(house, mutant.failpoint());
            System.out.println("crash: " + mutant.name() + ": " + verdict);
            assertTrue(verdict.of(mutant.fault()) > 0, mutant.name() + " was not found out: " + verdict);
        }
    }

    private static Oracle.Verdict killed(House house, String failpoint) {
        house.program.kill();
        house.traffic.start();
        house.program.start(failpoint);
        assertTrue(house.program.awaitDeath(REACHED_WITHIN), failpoint + " was not reached");
        house.program.start("").orElseThrow();
        Program.pause(5000);
        house.traffic.stop();
        return house.judge();
    }
}
