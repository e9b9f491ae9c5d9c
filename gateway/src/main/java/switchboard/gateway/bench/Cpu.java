package switchboard.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.DoubleAdder;
import switchboard.ticketing.base.Database;

/// Who has used the processors, in seconds since each began: the database's processes, and of this one the senders of
/// the benchmark, the compiler of the virtual machine, and all the rest, which is the program. Read from `/proc`, so on
/// other systems than Linux nothing but the database is told.
record Cpu(Map<String, Double> seconds) {
    static final String SENDER = "sender"; // the name of each thread that a benchmark's sender runs on
    private static final String SENDERS = "senders";
    private static final DoubleAdder ENDED = new DoubleAdder();
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the unit of /proc/*/stat
    private static final int USER_FIELD = 11; // of the fields after the name, counted from 0; the next is the system's

    /// To be called by a sender's thread as its last act: what it used cannot be read any more when it is gone.
    static void ended() {
        ENDED.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    }

    static Cpu now(Database database) {
        var seconds = new TreeMap<String, Double>(Map.of(SENDERS, ENDED.sum()));
        for (var pid : database.sql().column(Integer.class, "select pid from pg_stat_activity")) {
            ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration())
                    .ifPresent(used -> seconds.merge("database", seconds(used), Double::sum));
        }
        for (var task : tasks()) {
            try {
                var stat = Files.readString(task.resolve("stat"));
                int named = stat.lastIndexOf(')');
                var fields = stat.substring(named + 2).split(" ");
                var used = (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[USER_FIELD + 1]))
                        / TICKS_PER_SECOND;
                seconds.merge(part(stat.substring(stat.indexOf('(') + 1, named)), used, Double::sum);
            } catch (IOException ended) {
                // The thread is gone, and what it used with it.
            }
        }
        return new Cpu(seconds);
    }

    private static List<Path> tasks() {
        if (!Files.isDirectory(TASKS)) return List.of();
        try (var all = Files.list(TASKS)) {
            return all.toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static String part(String thread) {
        if (thread.startsWith(SENDER)) return SENDERS;
        return thread.matches("C[12] Compiler.*") ? "compiler" : "program";
    }

    private static double seconds(Duration used) {
        return used.toNanos() / 1e9;
    }

    /// Milliseconds that each part has used since `before`.
    Map<String, Double> millis(Cpu before) {
        var used = new TreeMap<String, Double>();
        seconds.forEach((part, now) -> used.put(part, 1e3 * (now - before.seconds.getOrDefault(part, 0.0))));
        return used;
    }

    static Map<String, Double> together(List<Map<String, Double>> millis) {
        var all = new TreeMap<String, Double>();
        millis.forEach(one -> one.forEach((part, used) -> all.merge(part, used, Double::sum)));
        return all;
    }

    /// @return of one of `events`, to a hundredth
    static Map<String, Double> each(Map<String, Double> millis, long events) {
        var each = new LinkedHashMap<String, Double>();
        millis.forEach((part, used) -> each.put(part, Math.round(used * 100 / events) / 100.0));
        return each;
    }
}
