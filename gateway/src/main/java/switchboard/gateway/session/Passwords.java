package switchboard.gateway.session;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;

/// Passwords as Argon2id with the minimum that OWASP's password storage cheat sheet names (19 MiB, two passes, one
/// lane).
///
/// Each hash costs a third of a second of a whole core. Hashing runs on its own platform threads, fewer than there are
/// cores: on virtual threads it would occupy the carriers that all other requests need. A flood of sign-ins slows only
/// its senders and takes no memory from others.
public final class Passwords {
    static final String THREADS = "passwords-";
    static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2);
    /// Beyond this queue, requests are refused and told to come back.
    static final int WAITING_MAX = 50;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int HASH_BYTES = 32;
    private static final int WAIT_SECONDS = 20;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, HASH_BYTES, Argon2.ID);
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 1, TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_MAX), Thread.ofPlatform().daemon().name(THREADS, 0).factory());
    /// Compared against when there is no account, so that an unknown address costs what a known one does.
    private final String nobody = argon2.hash(Ids.secret()).getResult();

    public Passwords() {
        pool.allowCoreThreadTimeOut(true);
    }

    /// @throws Failure.Unavailable when the queue is full
    public String hash(String password) {
        return inTurn(() -> Password.hash(password).addRandomSalt(16).with(argon2).getResult());
    }

    String nobody() {
        return nobody;
    }

    /// @param hash null when there is no such account or it has no password: false, after the usual time
    /// @throws Failure.Unavailable when the queue is full
    public boolean verify(String password, String hash) {
        return inTurn(() -> {
            boolean right = check(password, hash == null ? nobody : hash);
            return right && hash != null;
        });
    }

    private static boolean check(String password, String hash) {
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException notAHash) {
            return false;
        }
    }

    /// How many requests are waiting.
    int waiting() {
        return pool.getQueue().size();
    }

    <T> T inTurn(Callable<T> work) {
        try {
            var turn = pool.submit(work);
            try {
                return turn.get(WAIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                turn.cancel(false);
            }
        } catch (RejectedExecutionException | TimeoutException busy) {
            throw new Failure.Unavailable("Too many are signing in; please try again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The server is stopping");
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
