package switchboard.gateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import switchboard.gateway.inspect.Options;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.base.Ids;

/// How many mails a second go the whole way: SMTP, inbox, intake, customer, thread, message, ticket, journal, its
/// order.
/// Senders and program share the machine.
final class IngestBench {
    private static final long DRAIN_NANOS_MAX = 120_000_000_000L;
    private static final long MAILBOXES_KNOWN_MILLIS = 3_000; // the listener reads new mailboxes now and then
    private static final double STEADY = 0.5;

    private final BenchHome home;
    private final int connections;
    private final List<String> mailboxes = new ArrayList<>();
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> stored = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private int phases;

    private IngestBench(BenchHome home, int connections, int mailboxes) {
        this.home = home;
        this.connections = connections;
        for (int i = 0; i < mailboxes; i++) {
            this.mailboxes.add("team" + i + "@bench.test");
            home.app.database.sql().execute("insert into mailbox (id, name, address) values ($1, $2, $2)", Ids.next(),
                    this.mailboxes.getLast());
        }
    }

    private record Phase(int mails, double acceptedPerSecond, double storedPerSecond, double p50Millis,
            double p99Millis) {}

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("seconds", "connections", "mailboxes"));
        int seconds = options.number("seconds", 20);
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", BenchHome.machine());
        try (var home = BenchHome.open()) {
            var bench = new IngestBench(home, options.number("connections", 16), options.number("mailboxes", 4));
            out.put("durability", home.durability());
            out.put("connections", bench.connections);
            out.put("mailboxes", bench.mailboxes.size());
            bench.measure(seconds, out);
        }
        return out;
    }

    private void measure(int seconds, Map<String, Object> out) throws Exception {
        Thread.sleep(MAILBOXES_KNOWN_MILLIS);
        var observer = Thread.ofVirtual().start(this::observe);
        phase(Math.max(2, seconds), 0); // the compiler's turn
        var full = phase(seconds, 0);
        System.out.printf("as fast as answered: %d mails, accepted %.0f/s, in the timeline %.0f/s, p50 %.0f ms,"
                + " p99 %.0f ms%n",
                full.mails(), full.acceptedPerSecond(), full.storedPerSecond(), full.p50Millis(), full.p99Millis());
        var steady = phase(Math.max(2, seconds / 2), full.storedPerSecond() * STEADY);
        System.out.printf("at half of that:     %d mails, in the timeline %.0f/s, p50 %.0f ms, p99 %.0f ms%n",
                steady.mails(), steady.storedPerSecond(), steady.p50Millis(), steady.p99Millis());
        stopping = true;
        observer.join();
        var ceiling = new Ceiling(home.app.database).measure();
        System.out.printf("ceiling:             %d mails as %d rows, %.0f mails/s, %.0f rows/s%n", ceiling.mails(),
                ceiling.rows(), ceiling.mailsPerSecond(), ceiling.rowsPerSecond());
        out.put("mails", full.mails());
        out.put("mailsPerSecond", round(full.storedPerSecond()));
        out.put("acceptedPerSecond", round(full.acceptedPerSecond()));
        out.put("saturated", Map.of("p50Millis", round(full.p50Millis()), "p99Millis", round(full.p99Millis())));
        out.put("halfLoad", Map.of("mailsPerSecond", round(steady.storedPerSecond()), "p50Millis",
                round(steady.p50Millis()),
                "p99Millis", round(steady.p99Millis())));
        out.put("rowsPerMail", round((double) ceiling.rows() / ceiling.mails()));
        out.put("ceilingMailsPerSecond", round(ceiling.mailsPerSecond()));
        out.put("ceilingRowsPerSecond", round(ceiling.rowsPerSecond()));
        out.put("ratio", Math.round(full.storedPerSecond() / ceiling.mailsPerSecond() * 1000) / 1000.0);
        out.put("channels", List.of("email"));
    }

    /// @param perSecond mails of all connections together; 0: as many as are answered
    private Phase phase(int seconds, double perSecond) throws Exception {
        accepted.clear();
        stored.clear();
        int phase = ++phases;
        long start = System.nanoTime();
        long pause = perSecond == 0 ? 0 : (long) (1e9 * connections / perSecond);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = new ArrayList<Future<?>>();
            for (int i = 0; i < connections; i++) {
                var mailbox = mailboxes.get(i % mailboxes.size());
                var texts = new MailText(phase + "." + i, mailbox, phase * 1000L + i);
                sending.add(threads.submit(() -> {
                    new MailClient(texts, mailbox, accepted).run(home.smtpPort, start + seconds * 1_000_000_000L,
                            pause);
                    return null;
                }));
            }
            for (var one : sending) one.get();
        }
        while (!stored.keySet().containsAll(accepted.keySet())) {
            if (System.nanoTime() - start > seconds * 1_000_000_000L + DRAIN_NANOS_MAX) {
                throw new IllegalStateException("Of " + accepted.size() + " accepted mails " + stored.size()
                        + " were stored");
            }
            Thread.sleep(20);
        }
        return figures(start);
    }

    private Phase figures(long start) {
        var waits = accepted.entrySet().stream().mapToDouble(one ->
                Math.max(0, (stored.get(one.getKey()) - one.getValue())
                / 1e6)).sorted().toArray();
        if (waits.length == 0) throw new IllegalStateException("No mail was accepted");
        double accepting = (accepted.values().stream().mapToLong(at -> at - start).max().orElseThrow()) / 1e9;
        double storing = (stored.values().stream().mapToLong(at -> at - start).max().orElseThrow()) / 1e9;
        return new Phase(waits.length, waits.length / accepting, waits.length / storing, waits[waits.length / 2],
                waits[waits.length * 99 / 100]);
    }

    /// Sees each message as followers of the journal do: committed, and in its place in the order.
    private void observe() {
        long last = 0;
        while (!stopping) {
            var seen = home.app.journal.after(last, 1000);
            long now = System.nanoTime();
            if (!seen.isEmpty()) last = seen.getLast().seq();
            var messages = seen.stream().filter(one -> one.kind().equals("message.received"))
                    .map(Sequenced::messageId).toList();
            if (!messages.isEmpty()) {
                home.app.database.sql().column(String.class, "select rfc_id from message where id = any($1)", messages)
                        .forEach(id -> stored.put(id, now));
            }
            if (seen.size() < 1000) pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
