package switchboard.channels.email.smtp;

import java.util.concurrent.Semaphore;

/// What is left for messages that are being received, in MiB: of a client's share, and of what all have together.
///
/// @param client shared by all connections of one network
/// @param all shared by everybody
record MailMemory(Semaphore client, Semaphore all) {
    /// Takes one MiB, or nothing.
    boolean take() {
        if (!client.tryAcquire()) return false;
        if (all.tryAcquire()) return true;
        client.release();
        return false;
    }

    void giveBack(int taken) {
        all.release(taken);
        client.release(taken);
    }
}
