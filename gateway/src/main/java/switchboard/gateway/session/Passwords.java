package switchboard.gateway.session;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;

/// Passwords as Argon2id with the minimum that OWASP's password storage cheat sheet names (19 MiB, two passes, one
/// lane). Two at a time: a flood of sign-ins costs its senders time, not us memory.
public final class Passwords {
    public static final int CHARS_MIN = 8;
    public static final int CHARS_MAX = 128;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;
    private static final int WAITING_MAX = 50;
    private static final int WAIT_SECONDS = 20;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, HASH_BYTES, Argon2.ID);
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    /// Compared against when there is no account, so that an unknown address costs what a known one does.
    private final String nobody = argon2.hash(Ids.secret()).getResult();

    public String hash(String password) {
        return inTurn(() -> Password.hash(password).addRandomSalt(16).with(argon2).getResult());
    }

    String nobody() {
        return nobody;
    }

    /// @throws Failure.Invalid when the password is too short or too long to be one of ours
    public void require(String password) {
        if (password == null || password.length() < CHARS_MIN || password.length() > CHARS_MAX) {
            throw Failure.Invalid.field("password", "must have " + CHARS_MIN + " to " + CHARS_MAX + " characters");
        }
    }

    /// @param hash null when there is no such account or it has no password: false, after the usual time
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

    private <T> T inTurn(java.util.function.Supplier<T> work) {
        try {
            if (places.getQueueLength() >= WAITING_MAX || !places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Failure.Unavailable("Too many are signing in; please try again");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The server is stopping");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
