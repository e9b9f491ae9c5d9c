package switchboard.channels.email.mime;

/// An address that a delivery report speaks of; `permanent` when delivery was given up, not merely delayed.
public record ReportedRecipient(String address, boolean permanent) {}
