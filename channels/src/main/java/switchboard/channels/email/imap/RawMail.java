package switchboard.channels.email.imap;

/// One message as the server gave it.
public record RawMail(long uid, byte[] raw) {}
