package switchboard.gateway.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import switchboard.gateway.inspect.Options;
import switchboard.ticketing.base.Ids;

/// How many events a second go the whole way: door, inbox, intake, customer, thread, message, ticket, journal, its
/// order. Mail by the listener alone, then mail, texts by webhook and chat by socket together. Senders and program
/// share the machine.
final class IngestBench {
    private static final long DRAIN_NANOS_MAX = 120_000_000_000L;
    private static final long MAILBOXES_KNOWN_MILLIS = 3_000; // the listener reads new mailboxes now and then
    private static final double STEADY = 0.5;
    private static final String WARM_UP = "warm-up, not counted";
    private static final int WARM_UP_SECONDS = 12;
    private static final int WARM_UPS_MAX = 10;
    private static final double COMPILER_SHARE = 0.1;
    private static final int TURNS = 4;
    private static final int FOLLOWED = 1000;
    private static final int LOOK_MILLIS = 20;

    private final BenchHome home;
    private final int connections;
    private final int phones;
    private final int windows;
    private final List<String> mailboxes = new ArrayList<>();
    /// By the name that the sender gave: mail id, MessageSid, the window's id.
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> stored = new ConcurrentHashMap<>();
    /// Messages seen in the timeline; whose they are is asked when all is measured.
    private final Map<UUID, Long> seen = new ConcurrentHashMap<>();
    private volatile boolean observing;
    private long observed;
    private int phases;

    /// One sender on a connection of its own.
    interface Client {
        /// @param pauseNanos from the beginning of one event to that of the next; 0: as fast as it is answered
        void run(long untilNanos, long pauseNanos) throws Exception;
    }

    private IngestBench(BenchHome home, Options options) {
        this.home = home;
        this.connections = options.number("connections", 40);
        this.phones = options.number("phones", 8);
        this.windows = options.number("windows", 40);
        for (int i = 0; i < options.number("mailboxes", 4); i++) {
            this.mailboxes.add("team" + i + "@bench.test");
            home.app.database.sql().execute("insert into mailbox (id, name, address) values ($1, $2, $2)", Ids.next(),
                    this.mailboxes.getLast());
        }
        home.app.database.sql().execute("insert into phone_number (id, number, name) values ($1, $2, 'Bench')",
                Ids.next(), SmsClient.OUR_NUMBER);
        home.app.database.sql().execute("""
                update setting set value = value || '{"conversationsPerHourMax": 100000}' where name = 'widget'""");
    }

    /// What some senders reached, in one stretch or in several.
    ///
    /// @param waits milliseconds from an event's acceptance to its place in the timeline, in order
    /// @param cpu milliseconds in all
    private record Phase(double acceptingSeconds, double storingSeconds, double[] waits, Map<String, Double> cpu) {
        static Phase together(List<Phase> all) {
            var cpu = Cpu.together(all.stream().map(Phase::cpu).toList());
            return new Phase(all.stream().mapToDouble(Phase::acceptingSeconds).sum(),
                    all.stream().mapToDouble(Phase::storingSeconds).sum(),
                    all.stream().flatMapToDouble(one -> Arrays.stream(one.waits)).sorted().toArray(), cpu);
        }

        double perSecond() {
            return waits.length / storingSeconds;
        }

        Map<String, Object> figures() {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("events", waits.length);
            figures.put("acceptedPerSecond", round(waits.length / acceptingSeconds));
            figures.put("perSecond", round(perSecond()));
            figures.put("p50Millis", round(waits[waits.length / 2]));
            figures.put("p99Millis", round(waits[waits.length * 99 / 100]));
            figures.put("cpuMillisEach", Cpu.each(cpu, waits.length));
            return figures;
        }
    }

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("seconds", "connections", "mailboxes", "phones", "windows"));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", Conditions.machine());
        try (var home = BenchHome.open()) {
            var bench = new IngestBench(home, options);
            out.put("durability", Conditions.durability(home.app.database));
            out.put("senders", Map.of("mail", bench.connections, "sms", bench.phones, "chat", bench.windows));
            out.put("mailboxes", bench.mailboxes.size());
            bench.measure(options.number("seconds", 40), out);
        }
        return out;
    }

    private void measure(int seconds, Map<String, Object> out) throws Exception {
        Thread.sleep(MAILBOXES_KNOWN_MILLIS);
        var mail = beside("mail", seconds, this::mails, out);
        out.put("mailsPerSecond", round(mail.perSecond()));
        var steady = phase("mail at half of that", Math.max(2, seconds / 2), mail.perSecond() * STEADY, mails());
        out.put("mailAtHalf", steady.figures());
        beside("mixed", seconds, this::all, out);
    }

    /// As fast as answered, and the same rows by the database alone, in turns: what else the machine does changes from
    /// minute to minute, and is to meet both.
    private Phase beside(String name, int seconds, Supplier<List<Client>> clients, Map<String, Object> out)
            throws Exception {
        var phases = new ArrayList<Phase>();
        var alone = new ArrayList<BareRows.Figures>();
        try (var bare = new BareRows(home, IngestRows.WRITTEN)) {
            warmUp(seconds, clients);
            bare.follow();
            // Many rows were copied, and took the place of the program's own in the database's memory.
            phase(WARM_UP, Math.min(seconds, WARM_UP_SECONDS), 0, clients.get());
            for (int turn = 0; turn < TURNS; turn++) {
                bare.follow();
                phases.add(phase(name, Math.max(1, seconds / TURNS), 0, clients.get()));
                alone.add(bare.measure());
                System.out.printf("%-26s %s%n", "its ceiling:", alone.getLast().figures());
            }
        }
        var all = Phase.together(phases);
        print(name, all);
        out.put(name, all.figures());
        out.put(name + "Ceiling", BareRows.Figures.together(alone).ceiling(IngestRows.WHAT)
                .beside(name, all.perSecond()));
        return all;
    }

    /// A server runs for weeks; what its compiler takes in the first minutes, and when work of another kind begins,
    /// would be counted as if for ever.
    private void warmUp(int seconds, Supplier<List<Client>> clients) throws Exception {
        for (int round = 0; round < WARM_UPS_MAX; round++) {
            var cpu = phase(WARM_UP, Math.min(seconds, WARM_UP_SECONDS), 0, clients.get()).cpu();
            if (cpu.getOrDefault("compiler", 0.0) < COMPILER_SHARE * cpu.getOrDefault("program", 0.0)) return;
        }
    }

    private List<Client> mails() {
        var clients = new ArrayList<Client>();
        for (int i = 0; i < connections; i++) {
            var mailbox = mailboxes.get(i % mailboxes.size());
            clients.add(new MailClient(new MailText(phases + "." + i, mailbox, phases * 1000L + i), mailbox, i,
                    home.smtpPort, accepted));
        }
        return clients;
    }

    private List<Client> all() {
        var clients = new ArrayList<>(mails());
        for (int i = 0; i < phones; i++) clients.add(new SmsClient(home.url(), phases, i, accepted));
        var widget = home.app.database.sql().value(String.class,
                "select value->>'key' from setting where name = 'widget'").orElseThrow();
        for (int i = 0; i < windows; i++) clients.add(new ChatClient(home.url(), widget, accepted));
        return clients;
    }

    /// @param perSecond events of all clients together; 0: as many as are answered
    private Phase phase(String name, int seconds, double perSecond, List<Client> clients) throws Exception {
        accepted.clear();
        stored.clear();
        seen.clear();
        phases++;
        observing = true;
        var observer = Thread.ofVirtual().start(this::observe);
        var before = Cpu.now(home.app.database);
        long start = System.nanoTime();
        long until = start + seconds * 1_000_000_000L;
        long pause = perSecond == 0 ? 0 : (long) (1e9 * clients.size() / perSecond);
        // Threads of their own, so that the senders neither wait for the program's carriers nor take them.
        var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name(Cpu.SENDER, 0).factory());
        try {
            var sending = new ArrayList<Future<?>>();
            for (var client : clients) {
                sending.add(threads.submit(() -> {
                    client.run(until, pause);
                    Cpu.ended();
                    return null;
                }));
            }
            for (var one : sending) one.get(until - System.nanoTime() + DRAIN_NANOS_MAX, TimeUnit.NANOSECONDS);
        } finally {
            threads.shutdownNow();
        }
        while (seen.size() < accepted.size() && System.nanoTime() - until < DRAIN_NANOS_MAX) Thread.sleep(LOOK_MILLIS);
        var cpu = Cpu.now(home.app.database).millis(before);
        observing = false;
        observer.join();
        name();
        if (!stored.keySet().containsAll(accepted.keySet())) {
            throw new IllegalStateException("Of " + accepted.size() + " accepted events " + stored.size()
                    + " were stored");
        }
        var phase = figures(start, cpu);
        print(name, phase);
        return phase;
    }

    private static void print(String name, Phase phase) {
        System.out.printf("%-26s %s%n", name + ":", phase.figures());
    }

    private Phase figures(long start, Map<String, Double> cpu) {
        var waits = accepted.entrySet().stream().mapToDouble(one ->
                Math.max(0, (stored.get(one.getKey()) - one.getValue()) / 1e6)).sorted().toArray();
        if (waits.length == 0) throw new IllegalStateException("No event was accepted");
        double accepting = accepted.values().stream().mapToLong(at -> at - start).max().orElseThrow() / 1e9;
        double storing = stored.values().stream().mapToLong(at -> at - start).max().orElseThrow() / 1e9;
        return new Phase(accepting, storing, waits, cpu);
    }

    /// Sees each message as followers of the journal do: committed, and in its place in the order.
    private void observe() {
        while (observing) {
            var entries = home.app.journal.after(observed, FOLLOWED);
            long now = System.nanoTime();
            if (!entries.isEmpty()) observed = entries.getLast().seq();
            for (var one : entries) {
                if (one.kind().equals("message.received")) seen.put(one.messageId(), now);
            }
            if (entries.size() < FOLLOWED) pause();
        }
    }

    private void name() {
        for (var row : home.app.database.sql().query("""
                select m.id, coalesce(m.rfc_id, reverse(split_part(reverse(i.key), ':', 1))) as name
                from message m join inbox i on i.id = m.inbox_id and i.received_at = m.inbox_at
                where m.id = any($1)""", seen.keySet())) {
            stored.put(row.getString("name"), seen.get(row.getUUID("id")));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
