package switchboard.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.gateway.Settings;
import switchboard.gateway.inspect.Options;

/// How fast raw mails are understood: MIME, character sets, kind, visible text and quote, as intake does it, on one
/// core and on all. Over the files of a folder, or over mails of five usual shapes.
final class MailBench {
    /// Held in memory, so that the disk is not measured.
    private static final long BYTES_MAX = 256L << 20;
    private static final int ROUNDS_MIN = 3;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    /// @param name of the file or the shape
    record Raw(String name, byte[] bytes) {}

    private MailBench() {}

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("seconds"));
        if (options.plain().size() > 1) throw new Settings.Wrong("usage: ./switchboard bench mail [FOLDER]");
        var mails = options.plain().isEmpty() ? MailShapes.mails() : read(Path.of(options.plain().getFirst()));
        double seconds = Math.max(0.1, options.number("seconds").orElse(10.0));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", Conditions.machine());
        long bytes = mails.stream().mapToLong(mail -> mail.bytes().length).sum();
        out.put("mails", mails.size());
        out.put("bytes", bytes);
        decode(mails, seconds / 4); // the compiler's turn
        var one = decode(mails, seconds / 2);
        double perSecond = one.count / one.cpuSeconds; // a core of our own, whatever else the machine does
        System.out.printf("one core:  %.0f mails/s, %.1f MB/s, p50 %.0f us, p99 %.0f us, slowest %s %.1f ms%n",
                perSecond, perSecond * bytes / mails.size() / 1e6, one.micros(0.5), one.micros(0.99), one.slowest,
                one.slowestMillis);
        out.put("mailsPerSecondPerCore", Math.round(perSecond));
        out.put("megabytesPerSecondPerCore", round(perSecond * bytes / mails.size() / 1e6));
        out.put("p50Micros", Math.round(one.micros(0.5)));
        out.put("p99Micros", Math.round(one.micros(0.99)));
        out.put("slowest", one.slowest);
        out.put("slowestMillis", round(one.slowestMillis));
        double all = onAllCores(mails, seconds / 4);
        System.out.printf("all cores: %.0f mails/s%n", all);
        out.put("mailsPerSecond", Math.round(all));
        return out;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    static List<Raw> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) throw new Settings.Wrong("There is no folder " + folder);
        var mails = new ArrayList<Raw>();
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (bytes + Files.size(file) > BYTES_MAX) break;
                mails.add(new Raw(folder.relativize(file).toString(), Files.readAllBytes(file)));
                bytes += mails.getLast().bytes().length;
            }
        }
        if (mails.isEmpty()) throw new Settings.Wrong("There are no mails in " + folder);
        return mails;
    }

    /// What one core did.
    private static final class Run {
        private final List<long[]> rounds = new ArrayList<>();
        private long count;
        private double seconds;
        private double cpuSeconds;
        private String slowest = "";
        private double slowestMillis;

        /// Over all decodings.
        double micros(double share) {
            var nanos = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return nanos[(int) Math.min(nanos.length - 1, (long) (nanos.length * share))] / 1e3;
        }

        /// A mail is as slow as its median round, so that a pause of the machine is not taken for a slow mail.
        private void findSlowest(List<Raw> mails) {
            for (int i = 0; i < mails.size(); i++) {
                int mail = i;
                var times = rounds.stream().mapToLong(round -> round[mail]).sorted().toArray();
                double millis = times[times.length / 2] / 1e6;
                if (millis <= slowestMillis) continue;
                slowestMillis = millis;
                slowest = mails.get(i).name();
            }
        }
    }

    private static Run decode(List<Raw> mails, double seconds) {
        var run = new Run();
        long start = System.nanoTime();
        long cpu = CLOCK.getCurrentThreadCpuTime();
        while (run.rounds.size() < ROUNDS_MIN || System.nanoTime() - start < seconds * 1e9) {
            var round = new long[mails.size()];
            for (int i = 0; i < round.length; i++) {
                long from = System.nanoTime();
                understand(mails.get(i));
                round[i] = System.nanoTime() - from;
            }
            run.rounds.add(round);
            run.count += round.length;
        }
        run.seconds = (System.nanoTime() - start) / 1e9;
        run.cpuSeconds = (CLOCK.getCurrentThreadCpuTime() - cpu) / 1e9;
        run.findSlowest(mails);
        return run;
    }

    private static void understand(Raw mail) {
        var decoded = MailDecoder.decode(mail.bytes());
        var folded = QuoteFolding.fold(decoded.text());
        // The answer is looked at, or the compiler might leave the work out.
        if (folded.visibleText() == null) throw new IllegalStateException(mail.name());
    }

    private static double onAllCores(List<Raw> mails, double seconds) throws InterruptedException {
        var runs = new Run[Runtime.getRuntime().availableProcessors()];
        var threads = new Thread[runs.length];
        for (int i = 0; i < runs.length; i++) {
            int core = i;
            threads[i] = Thread.ofPlatform().start(() -> runs[core] = decode(mails, seconds));
        }
        for (var thread : threads) thread.join();
        return Arrays.stream(runs).mapToDouble(run -> run.count / run.seconds).sum();
    }
}
