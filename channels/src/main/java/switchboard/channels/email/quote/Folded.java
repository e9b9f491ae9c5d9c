package switchboard.channels.email.quote;

/// A reply in three: what its author wrote, the quoted mail behind it, the signature. Together they hold every line of
/// the text.
public record Folded(String visibleText, String foldedText, String signature) {}
