package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;

/// Password hashing has its own threads and queue, so it doesn't slow other requests.
@Tag("S4")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PasswordsTest {
    @Test
    void passwordsAreHashedOnTheirOwnFewPlatformThreads() throws Exception {
        var passwords = new Passwords();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 20; i++) {
                all.add(callers.submit(() -> passwords.inTurn(() -> threads.add(Thread.currentThread()))));
            }
            for (var one : all) one.get();
        }
        assertTrue(threads.size() <= Passwords.AT_ONCE && Passwords.AT_ONCE <= 2, threads.toString());
        threads.forEach(thread -> assertTrue(!thread.isVirtual() && thread.getName().startsWith(Passwords.THREADS),
                thread.toString()));
    }

    @Test
    void whoeverComesBeyondTheQueueIsToldToComeBack() throws Exception {
        var passwords = new Passwords();
        var hold = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            int places = Passwords.AT_ONCE + Passwords.WAITING_MAX;
            var inside = new CountDownLatch(Passwords.AT_ONCE);
            var served = new ArrayList<Future<?>>();
            for (int i = 0; i < Passwords.AT_ONCE; i++) {
                served.add(callers.submit(() -> passwords.inTurn(() -> {
                    inside.countDown();
                    return hold.await(30, TimeUnit.SECONDS);
                })));
            }
            inside.await();
            // A queued request may arrive late, so the queue is known to be full only after a refusal.
            var waiting = new ArrayList<Future<?>>();
            for (int i = 0; i < Passwords.WAITING_MAX; i++) {
                waiting.add(callers.submit(() -> passwords.inTurn(() -> 1)));
            }
            while (passwords.waiting() < Passwords.WAITING_MAX) Thread.onSpinWait();
            assertThrows(Failure.Unavailable.class, () -> passwords.inTurn(() -> 1));
            hold.countDown();
            for (var one : served) one.get();
            for (var one : waiting) one.get();
            assertEquals(places, served.size() + waiting.size());
        }
    }

    @Test
    void aListIsAnsweredWhileEveryPlaceForPasswordsIsTaken() throws Exception {
        try (var server = new Server(); var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var hold = new CountDownLatch(1);
            var token = server.token(server.agent("ann", Role.AGENT));
            for (int i = 0; i < Passwords.AT_ONCE + Passwords.WAITING_MAX; i++) {
                callers.submit(() -> server.app.passwords.inTurn(() -> hold.await(60, TimeUnit.SECONDS)));
            }
            while (server.app.passwords.waiting() < Passwords.WAITING_MAX) Thread.onSpinWait();
            assertEquals(200, server.get("/api/v1/tickets", token).status());
            var busy = server.call("POST", "/api/v1/session", null, Json.write(Map.of("email", "ann@demo.test",
                    "password", "a good password")));
            assertEquals(503, busy.status(), busy.text());
            assertTrue(busy.headers().firstValue("Retry-After").isPresent());
            // An invalid link needs no hash, so it gets its answer although the queue is full.
            var reset = server.call("POST", "/api/v1/password/reset", null, Json.write(Map.of("token", "none",
                    "password", "a good password")));
            assertEquals(404, reset.status(), reset.text());
            hold.countDown();
        }
    }
}
