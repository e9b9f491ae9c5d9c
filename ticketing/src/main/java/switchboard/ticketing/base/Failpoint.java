package switchboard.ticketing.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Named places where a test breaks the program: `-Dswitchboard.fail=inbox.committed:3:kill`
/// halts the process (no shutdown hooks, as `kill -9` does) when the place is passed for the third time;
/// `throw` throws, `delay` sleeps two seconds, `stop` holds the whole process until somebody sends it a SIGCONT.
/// Without the property a pass costs one null check.
public final class Failpoint {
    private static final String ORDER = System.getProperty("switchboard.fail");
    private static final ConcurrentHashMap<String, AtomicInteger> PASSES = new ConcurrentHashMap<>();
    private static final int KILLED = 137;

    private Failpoint() {}

    public static void pass(String name) {
        if (ORDER != null) check(name);
    }

    private static void check(String name) {
        var parts = ORDER.split(":");
        if (!parts[0].equals(name)) return;
        int pass = PASSES.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
        if (pass != Integer.parseInt(parts[1])) return;
        switch (parts[2]) {
            case "kill" -> Runtime.getRuntime().halt(KILLED);
            case "throw" -> throw new IllegalStateException("failpoint " + name);
            case "delay" -> pause();
            case "stop" -> stop();
            default -> throw new IllegalArgumentException("switchboard.fail: " + ORDER);
        }
    }

    private static void stop() {
        try {
            new ProcessBuilder("kill", "-STOP", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
