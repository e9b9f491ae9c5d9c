package switchboard.channels.email.mime;

/// A file that came with a message. `name`, `type` and `contentId` are the sender's words: metadata, never a path or a
/// served type.
///
/// @param size bytes after transfer decoding
/// @param contentId without angle brackets, or empty
/// @param inline shown inside the HTML by `cid:`
public record Attachment(String name, String type, int size, String contentId, boolean inline, byte[] bytes) {}
