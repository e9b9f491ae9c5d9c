package switchboard.channels.email.imap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where the poller's progress lies: in the same database as the mail, so that both move in one transaction.
public interface MailboxCursor {
    /// The last committed position, or `UidCursor.NONE`.
    UidCursor load();

    /// Present where the mailbox is read from a moment on: what the server received before it stays where it is. Empty
    /// where all that lies there is taken.
    default Optional<Instant> since() {
        return Optional.empty();
    }

    /// Stores the batch and moves the cursor to `next` in one transaction, or throws and changes nothing. A message
    /// that was stored before (a rescan after the server renumbered) is to be recognised by its inbox key and ignored.
    void commit(List<RawMail> batch, UidCursor next);
}
