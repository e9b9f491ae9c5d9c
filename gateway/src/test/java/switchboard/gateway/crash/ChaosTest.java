package switchboard.gateway.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.Needed.need;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The program's surroundings fail under load and recover. Every acknowledged message is stored once, in order, and
/// sent once. The program stays up and reports the failure while it lasts, then recovers on its own.
@Tag("chaos")
class ChaosTest {
    private static final long OUTAGE_MILLIS = 15_000;
    private static final Path FAKE_CLOCK = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
            .map(name -> Path.of("/usr/lib", name, "faketime/libfaketime.so.1")).filter(Files::exists).findFirst()
            .orElse(Path.of("none"));

    private static void until(String what, BooleanSupplier holds) {
        var end = Instant.now().plus(Program.PATIENCE);
        while (!holds.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "never: " + what);
            Program.pause(200);
        }
    }

    /// Ends the load and runs the final checks.
    private static void judge(String what, House house) {
        until("ready after " + what, house.program::ready);
        Program.pause(3000);
        house.traffic.stop();
        var verdict = house.judge();
        System.out.println("chaos: " + what + ": " + verdict);
        assertTrue(verdict.clean(), what + ": " + verdict);
        assertTrue(verdict.facts().get("stored") > 100, "there was a load: " + verdict);
    }

    /// Mails in transit during an outage may be sent again with the same Message-ID.
    private static void outage(House house, long millis) {
        for (var end = Instant.now().plusMillis(millis); Instant.now().isBefore(end); Program.pause(500)) {
            house.program.deaths.add(Instant.now());
        }
        house.program.deaths.add(Instant.now());
    }

    @Test
    @Tag("R2")
    void theDatabaseStandsStillAndIsKilled() {
        try (var house = new House("database", 1, Optional.empty())) {
            house.traffic.start();
            Program.pause(3000);
            var database = house.program.database();
            Program.signal("STOP", database);
            try {
                outage(house, OUTAGE_MILLIS);
                assertEquals(200, house.program.status("live"), "the program answers while its database stands still");
            } finally {
                Program.signal("CONT", database);
            }
            until("ready again", house.program::ready);
            Program.pause(3000);
            Program.signal("KILL", house.program.database());
            outage(house, 5000);
            judge("database stopped for " + OUTAGE_MILLIS + " ms, then killed", house);
        }
    }

    @Test
    @Tag("R3")
    void theDatabaseIsLockedAndSlow() throws SQLException {
        try (var house = new House("locked", 2, Optional.empty())) {
            house.traffic.start();
            Program.pause(2000);
            for (var table : List.of("ticket", "journal", "outbox", "inbox")) {
                try (var connection = DriverManager.getConnection(house.program.jdbcUrl())) {
                    connection.setAutoCommit(false);
                    try (var statement = connection.createStatement()) {
                        statement.execute("lock table " + table + " in access exclusive mode");
                        outage(house, 6000);
                        assertEquals(200, house.program.status("live"), "while " + table + " is locked");
                    }
                    connection.rollback();
                }
                Program.pause(1500);
            }
            judge("four tables locked for 6 s each", house);
        }
    }

    @Test
    @Tag("R4")
    void redisIsStoppedAndGone() {
        try (var house = new House("redis", 3, Optional.empty())) {
            need(house.program.redis().isPresent(), "The Redis that the program brings along does not start here: "
                    + "program.log under target/crash says why");
            house.traffic.start();
            Program.pause(2000);
            var redis = house.program.redis().stream().toList();
            Program.signal("STOP", redis);
            Program.pause(OUTAGE_MILLIS);
            assertEquals(200, house.program.status("ready"), "without Redis all that lasts goes on");
            Program.signal("CONT", redis);
            Program.pause(2000);
            house.program.killRedis();
            Program.pause(5000);
            judge("Redis stopped for " + OUTAGE_MILLIS + " ms, then killed", house);
        }
    }

    @Test
    @Tag("R5")
    void theDiskIsFull() throws Exception {
        var disk = House.home("disk");
        need(run("mount", "-t", "tmpfs", "-o", "size=400m,mode=0755", "tmpfs", disk.toString()) == 0,
                "No file system may be mounted here, so no disk can be full: run as root, in a container with "
                + "--cap-add SYS_ADMIN (apt-get install mount)");
        try (var house = new House(new House.Around(disk, port -> port, port -> port, Map.of()), 4,
                Optional.empty())) {
            house.traffic.start();
            Program.pause(3000);
            var ballast = disk.resolve("ballast");
            fill(ballast);
            outage(house, OUTAGE_MILLIS);
            assertEquals(200, house.program.status("live"), "the program lives on a full disk");
            Files.delete(ballast);
            judge("disk full for " + OUTAGE_MILLIS + " ms", house);
        } finally {
            until("unmounted", () -> run("umount", "-l", disk.toString()) == 0);
        }
    }

    private static void fill(Path file) throws IOException {
        var block = new byte[1 << 16];
        try (var all = new RandomAccessFile(file.toFile(), "rw")) {
            while (file.getFileSystem().isOpen()) all.write(block);
        } catch (IOException full) {
            System.out.println("chaos: filled " + Files.size(file) + " bytes: " + full.getMessage());
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException absent) {
            return -1;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    @Tag("R6")
    @Tag("R8")
    void theProvidersHang() {
        try (var mail = new Weather(); var carrier = new Weather(); var house = new House(new House.Around(
                House.home("providers"), mail::before, carrier::before, Map.of()), 5, Optional.empty())) {
            house.traffic.start();
            Program.pause(3000);
            mail.storm();
            carrier.storm();
            long before = house.stored();
            outage(house, 2 * OUTAGE_MILLIS);
            long meanwhile = house.stored() - before;
            System.out.println("chaos: " + meanwhile + " messages came in while nothing could leave");
            assertTrue(meanwhile > 100, "what comes in does not wait for what cannot leave: " + meanwhile);
            mail.clear();
            carrier.clear();
            judge("mail server and carrier hung for " + 2 * OUTAGE_MILLIS + " ms", house);
        }
    }

    @Test
    @Tag("R10")
    void theClockJumps() throws IOException {
        need(Files.exists(FAKE_CLOCK), "No clock that can be turned: apt-get install faketime");
        var home = House.home("clock");
        var offset = home.resolve("clock-offset");
        Files.writeString(offset, "+0s");
        try (var house = new House(new House.Around(home, port -> port, port -> port, Map.of("LD_PRELOAD",
                FAKE_CLOCK.toString(), "FAKETIME_TIMESTAMP_FILE", offset.toString(), "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1", "DONT_FAKE_MONOTONIC", "1",
                // Otherwise timed waits in a JVM end at once, and all its threads spin.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0")), 6, Optional.empty())) {
            house.traffic.start();
            for (var jump : List.of("+3600s", "-3600s", "+300s", "-300s", "+0s")) {
                Program.pause(4000);
                Files.writeString(offset, jump);
                outage(house, 4000);
                assertEquals(200, house.program.status("live"), "after a jump to " + jump);
            }
            judge("clock an hour ahead, an hour behind and five minutes either way", house);
        }
    }
}
