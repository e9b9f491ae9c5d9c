package switchboard.ticketing.conversation;

import java.util.UUID;

/// One file of a message: one row of `attachment`; the bytes lie in `blob`.
public record AttachmentRow(UUID id, UUID messageId, int position, String name, String type, long sizeBytes,
                            String contentId, boolean inline, String sha256) {}
