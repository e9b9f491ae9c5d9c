package switchboard.channels.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// The parts of the carrier, and the bell that rings whenever something about a handset changes.
final class Exchange {
    private static final int PROBLEMS_MAX = 1000;
    private static final Duration SETTLING = Duration.ofSeconds(10); // a call that hangs up may report first

    final SimulatorOptions options;
    final Chaos chaos = new Chaos();
    final StateFile file;
    final Webhooks webhooks;
    final Phones phones;
    final Texts texts;
    final Queues queues;
    final Conferences conferences;
    final Recordings recordings;
    final Calls calls;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile String baseUrl = "";
    private long changes;

    Exchange(SimulatorOptions options) {
        this.options = options;
        file = new StateFile(options.folder());
        webhooks = new Webhooks(options.authToken(), chaos, this::problem);
        phones = new Phones();
        recordings = new Recordings(this);
        texts = new Texts(this);
        queues = new Queues(this);
        conferences = new Conferences(this);
        calls = new Calls(this);
    }

    String accountPath() {
        return "/2010-04-01/Accounts/" + options.accountSid();
    }

    String baseUrl() {
        return baseUrl;
    }

    void listensOn(String url) {
        baseUrl = url;
    }

    boolean owns(String number) {
        return number.equals(options.companyNumber());
    }

    /// Notes what Twilio would show in its debugger: an answer that failed, TwiML that does not fit.
    void problem(String text) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(text);
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /// Waits for what was asked for to come about, so that the next question is answered rightly.
    void settle(BooleanSupplier condition) {
        await(SETTLING, condition);
    }

    /// Waits until the condition holds, looking again after each change.
    ///
    /// @return whether it came to hold in time
    boolean await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen;
            synchronized (this) {
                seen = changes;
            }
            if (condition.getAsBoolean()) {
                return true;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || !anotherChange(seen, left)) {
                return condition.getAsBoolean();
            }
        }
    }

    private synchronized boolean anotherChange(long seen, long millis) {
        try {
            if (changes == seen) {
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
