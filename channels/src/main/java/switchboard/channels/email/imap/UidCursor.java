package switchboard.channels.email.imap;

/// How far a mailbox has been read: all messages up to `lastUid` of this UIDVALIDITY are committed. `NONE` before the
/// first.
public record UidCursor(long uidValidity, long lastUid) {
    public static final UidCursor NONE = new UidCursor(0, 0);
}
