package switchboard.channels.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.proof.Domains;
import switchboard.channels.email.proof.Evidence;
import switchboard.channels.email.proof.SenderProof;
import switchboard.channels.email.proof.SenderProof.Verdict;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.people.Address;

/// Checks the senders of stored mails before they are decoded. The SMTP client is long gone, so a stranger's slow name
/// servers hold up no connection. A batch is checked in parallel within one time limit; slower checks stay undecided.
final class SenderChecks {
    private static final Logger LOG = LoggerFactory.getLogger(SenderChecks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int AT_ONCE_MAX = 32;
    private static final int LANES_MAX = 1000;
    private static final String PROOF = "proof";

    private final SenderProof proof;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sender-", 0).factory());
    private final Set<String> lanes = ConcurrentHashMap.newKeySet();

    SenderChecks(SenderProof proof) {
        this.proof = proof;
    }

    /// Whether mails of this lane have needed name servers before.
    boolean waitsFor(String lane) {
        return lanes.contains(lane);
    }

    List<Inbox.Raw> prepared(List<Inbox.Raw> rows) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var running = new ArrayList<Future<SenderProof.Result>>();
        for (var row : rows) running.add(threads.submit(() -> check(row)));
        var prepared = new ArrayList<Inbox.Raw>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var known = new HashMap<>(row.envelope());
            known.put(PROOF, await(running.get(i), deadline).envelope());
            prepared.add(new Inbox.Raw(row.id(), row.receivedAt(), row.door(), row.lane(), row.attempts(), known,
                    row.raw()));
        }
        return prepared;
    }

    /// The result stored with a prepared row.
    static Optional<SenderProof.Result> result(Map<String, Object> envelope) {
        return envelope.get(PROOF) instanceof Map<?, ?> found ? Optional.of(SenderProof.Result.of(found))
                : Optional.empty();
    }

    private SenderProof.Result check(Inbox.Raw row) throws InterruptedException {
        int stamp = row.envelope().get("stamp") instanceof Number length ? length.intValue() : 0;
        var raw = stamp > 0 && stamp < row.raw().length ? Arrays.copyOfRange(row.raw(), stamp, row.raw().length)
                : row.raw();
        var domain = domain(raw);
        if (domain.isEmpty()) return new SenderProof.Result(Verdict.NONE, "", "");
        var evidence = new Evidence(domain, client(row.envelope()), raw);
        if (!proof.asks(evidence)) return proof.check(evidence);
        if (lanes.size() < LANES_MAX) lanes.add(row.lane());
        places.acquire();
        try {
            return proof.check(evidence);
        } finally {
            places.release();
        }
    }

    /// The domain of the single sender, as the decoder reads it from the header.
    private static String domain(byte[] raw) {
        var header = Arrays.copyOf(raw, Evidence.headerEnd(raw));
        return MailDecoder.decode(header).from().flatMap(one -> Address.email(one.address()))
                .map(one -> Domains.of(one.value())).orElse("");
    }

    private static Optional<Evidence.Client> client(Map<String, Object> envelope) {
        var address = MailReading.text(envelope, "client");
        return address.isEmpty() ? Optional.empty() : Optional.of(new Evidence.Client(address,
                MailReading.text(envelope, "helo"), MailReading.text(envelope, "bounceTo")));
    }

    private static SenderProof.Result await(Future<SenderProof.Result> check, long deadline) {
        var unknown = new SenderProof.Result(Verdict.UNKNOWN, "", "not checked in time");
        try {
            return check.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            check.cancel(true);
            return unknown;
        } catch (ExecutionException failed) {
            LOG.warn("a sender could not be checked", failed.getCause());
            return unknown;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return unknown;
        }
    }
}
