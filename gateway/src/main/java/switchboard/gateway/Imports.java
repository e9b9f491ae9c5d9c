package switchboard.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import switchboard.gateway.files.CustomerLines;
import switchboard.ticketing.people.CustomerImport;
import switchboard.ticketing.people.CustomerImport.Outcome;
import switchboard.ticketing.people.CustomerImport.Problem;

/// `import FILE`: customers out of a file, chunk by chunk. What is wrong with a line is told with its number, and the
/// other lines are imported.
final class Imports {
    private static final int PROGRESS_EVERY = 5_000;
    private static final long STOP_SECONDS_MAX = 30;

    private final CustomerImport customers;
    private final Consumer<String> report;
    private final BooleanSupplier stopped;
    private int lines;
    private int created;
    private int changed;
    private int same;
    private int problems;
    private int lost;

    /// @param report is told each problem, and how far it has come
    /// @param stopped asked between chunks
    Imports(CustomerImport customers, Consumer<String> report, BooleanSupplier stopped) {
        this.customers = customers;
        this.report = report;
        this.stopped = stopped;
    }

    /// Ctrl-C ends it after the chunk at hand.
    ///
    /// @throws IllegalStateException when lines were refused, after all others were imported
    static void run(List<String> words, Settings settings) throws Exception {
        if (words.size() != 1) throw new Settings.Wrong("usage: ./switchboard import FILE");
        var stopped = new java.util.concurrent.atomic.AtomicBoolean();
        var ended = new CountDownLatch(1);
        var file = Path.of(words.getFirst());
        CustomerLines.open(file).close(); // a wrong file is told before a database is started
        var hook = new Thread(() -> {
            stopped.set(true);
            try {
                ended.await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException now) {
                Thread.currentThread().interrupt();
            }
        }, "stop-import");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var desk = new Desk(settings)) {
            var imports = new Imports(new CustomerImport(desk.database, desk.journal), System.err::println,
                    stopped::get);
            imports.read(file);
            System.out.println((stopped.get() ? "Stopped after " : "Read ") + imports.summary());
            if (imports.lost > 0) throw new IllegalStateException(imports.lost + " lines were not imported");
        } finally {
            ended.countDown();
        }
    }

    void read(Path file) throws IOException {
        try (var source = CustomerLines.open(file)) {
            source.notes().forEach(report);
            var chunk = new ArrayList<CustomerImport.Line>();
            for (var next = source.next(); next.isPresent() && !stopped.getAsBoolean(); next = source.next()) {
                var read = next.get();
                lines++;
                if (read.wrong().isEmpty()) chunk.add(read.line());
                else add(new Outcome(0, 0, 0, List.of(new Problem(read.number(), read.wrong(), true))));
                if (chunk.size() == CustomerImport.CHUNK) flush(chunk);
                if (lines % PROGRESS_EVERY == 0) report.accept(summary());
            }
            if (!stopped.getAsBoolean()) flush(chunk);
        }
    }

    private void flush(List<CustomerImport.Line> chunk) {
        if (!chunk.isEmpty()) add(customers.run(List.copyOf(chunk)));
        chunk.clear();
    }

    private void add(Outcome more) {
        more.problems().forEach(one -> report.accept("line " + one.line() + ": " + one.text()));
        created += more.created();
        changed += more.changed();
        same += more.same();
        problems += more.problems().size();
        lost += (int) more.problems().stream().filter(Problem::lost).count();
    }

    String summary() {
        return lines + " lines: " + created + " customers new, " + changed + " changed, " + same + " as they were, "
                + problems + " problems";
    }
}
