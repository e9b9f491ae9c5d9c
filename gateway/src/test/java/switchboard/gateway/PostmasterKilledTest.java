package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Caller.Role;

/// The embedded database is killed under its program, which starts it again; at its own stop it does not.
class PostmasterKilledTest {
    private static final int PATIENCE_SECONDS = 120;

    @Test
    void aDatabaseThatDiesIsStartedAgainAndWorkGoesOnUntilTheProgramStops() throws Exception {
        var home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "killed");
        var pidFile = home.resolve("postgres/data/postmaster.pid");
        try (var server = new Server(Map.of("SWITCHBOARD_DATABASE_URL", "", "SWITCHBOARD_HOME", home.toString()))) {
            var admin = server.token(server.agent("root", Role.ADMIN));
            var ticket = server.ticket(null, null);
            for (int round = 0; round < 2; round++) {
                var postmaster = ProcessHandle.of(pid(pidFile)).orElseThrow();
                assertTrue(postmaster.destroyForcibly());
                postmaster.onExit().get();
                until("another server runs", () -> pid(pidFile) != postmaster.pid() && pid(pidFile) > 0);
                until("ready", () -> server.get("/health/ready", null).status() == 200);
                until("a note is written", () -> server.call("POST", "/api/v1/tickets/" + ticket + "/notes", admin,
                        "{\"text\":\"x\"}", "Idempotency-Key", UUID.randomUUID().toString()).status() == 201);
            }
            assertEquals(200, server.get("/api/v1/tickets/" + ticket, admin).status(), "what was there still is");
        }
        until("nobody watches any more", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("postgres-watch")));
        assertFalse(Files.exists(pidFile), "a stop on purpose stays one");
    }

    private static long pid(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
        } catch (java.io.IOException none) {
            return 0;
        }
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "never: " + what);
            Thread.sleep(50);
        }
    }
}
