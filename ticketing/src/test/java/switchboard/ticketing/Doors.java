package switchboard.ticketing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.unit.TestContext;
import io.vertx.ext.unit.TestOptions;
import io.vertx.ext.unit.TestSuite;
import java.time.Duration;

/// Tests of what answers later: sockets and asynchronous doors.
public final class Doors {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Doors() {}

    /// Runs on an event loop, and ends when everything that it waits for has come. A failed assertion in any handler
    /// fails the calling test, as does an exception there.
    public static void test(Vertx vertx, Handler<TestContext> test) {
        TestSuite.create("doors").test("test", test).run(vertx, new TestOptions().setTimeout(PATIENCE.toMillis()))
                .awaitSuccess(2 * PATIENCE.toMillis());
    }
}
