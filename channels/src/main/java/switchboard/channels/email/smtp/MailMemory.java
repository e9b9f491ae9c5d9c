package switchboard.channels.email.smtp;

import java.util.concurrent.Semaphore;

/// The memory left for incoming messages, in MiB: one client's share and the total.
///
/// @param client shared by all connections from one network
/// @param all shared by all clients
record MailMemory(Semaphore client, Semaphore all) {
    /// Takes one MiB or fails, taking nothing.
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
