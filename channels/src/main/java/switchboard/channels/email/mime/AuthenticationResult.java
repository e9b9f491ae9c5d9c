package switchboard.channels.email.mime;

/// One Authentication-Results header (RFC 8601) in order from the top. It says nothing unless `server` is our own; of
/// several only what speaks against the mail is believed, for the topmost alone is certainly not the sender's.
///
/// @param server the authserv-id, lower case, or empty
/// @param raw the unfolded value
public record AuthenticationResult(String server, String raw) {}
