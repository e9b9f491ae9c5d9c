package switchboard.gateway.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import switchboard.gateway.crash.Notebook.Word;

/// The load: lanes side by side, each with one stimulus at a time, said again under the same key until it is taken.
final class Traffic {
    private static final int AGAIN_MILLIS = 700;

    /// @param count lanes of this kind
    /// @param everyMillis pace of one lane, with a half more or less by chance
    private record Kind(String name, int count, int everyMillis) {}

    /// 20 mails, 10 texts, 15 chat messages and 2 mails into the mailbox each second.
    private static final List<Kind> IN = List.of(new Kind("mail", 16, 800), new Kind("sms", 10, 1000), new Kind("chat",
            30, 2000),
            new Kind("imap", 2, 1000));
    /// Ten answers a second, on tickets of these lanes.
    private static final List<Kind> OUT = List.of(new Kind("mail", 8, 2000), new Kind("sms", 8, 2000), new Kind("chat",
            4, 2000));

    private final Notebook notebook;
    private final Random random;
    private final Map<String, Function<Key, Word>> lanes = new HashMap<>();
    private final Map<String, Integer> paces = new HashMap<>();
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();
    private final Lines lines;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean aborted;

    Traffic(Notebook notebook, Lines lines, String widget, long seed) {
        this.notebook = notebook;
        this.lines = lines;
        this.random = new Random(seed);
        for (var kind : IN) {
            for (int i = 0; i < kind.count(); i++) {
                var chat = kind.name().equals("chat") ? lines.chat(i, widget) : null;
                lane(kind, kind.name() + i, switch (kind.name()) {
                    case "mail" -> lines::mail;
                    case "sms" -> lines::sms;
                    case "imap" -> lines::imap;
                    default -> chat::say;
                });
            }
        }
    }

    private void lane(Kind kind, String name, Function<Key, Word> say) {
        lanes.put(name, say);
        paces.put(name, kind.everyMillis());
    }

    /// The first of each lane, until it is taken.
    List<Key> prime() {
        var first = lanes.keySet().stream().sorted().map(lane -> new Key(lane, 0)).toList();
        first.forEach(this::say);
        first.forEach(key -> begun.put(key.lane(), 1));
        return first;
    }

    /// @param ticketOf the ticket that a lane's first stimulus opened
    void answer(Function<Key, UUID> ticketOf, String token) {
        for (var kind : OUT) {
            for (int i = 0; i < kind.count(); i++) {
                var ticket = ticketOf.apply(new Key(kind.name() + i, 0));
                lane(kind, "re" + kind.name() + i, key -> lines.reply(key, ticket, token));
            }
        }
    }

    void start() {
        lanes.keySet().stream().sorted().forEach(lane -> {
            var own = new Random(random.nextLong());
            threads.add(Thread.ofVirtual().name(lane).start(() -> run(lane, own)));
        });
    }

    private void run(String lane, Random own) {
        int pace = paces.get(lane);
        Program.pause(own.nextInt(pace));
        for (int number = begun.getOrDefault(lane, 0); !stopping;) {
            if (!lane.startsWith("imap") || lines.mailboxTakes()) say(new Key(lane, number++));
            Program.pause(pace / 2 + own.nextInt(pace));
        }
    }

    private void say(Key key) {
        notebook.write(Word.SENT, key.toString());
        var before = Word.SENT;
        while (!aborted) {
            var word = lanes.get(key.lane()).apply(key);
            if (word != before) notebook.write(word, key.toString());
            before = word;
            if (word == Word.ACKED || word == Word.REFUSED || key.lane().startsWith("imap")) return;
            Program.pause(AGAIN_MILLIS);
        }
    }

    /// Begins nothing more, and waits until what was begun is taken.
    void stop() {
        stopping = true;
        try {
            for (var thread : threads) {
                if (!thread.join(java.time.Duration.ofMinutes(5))) throw new AssertionError(thread.getName()
                        + " is not taken");
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        } finally {
            aborted = true;
        }
    }
}
