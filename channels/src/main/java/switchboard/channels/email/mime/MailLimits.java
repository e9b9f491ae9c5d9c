package switchboard.channels.email.mime;

import java.util.Set;

/// How much of a message is read. A message over a limit is read up to that limit and says so in its warnings; the raw
/// message is stored in full.
public final class MailLimits {
    /// Bytes of a whole message: what the doors accept (RFC 1870 SIZE), 35 MiB: a 25 MB attachment in base64.
    public static final int MESSAGE_BYTES_MAX = 35 * 1024 * 1024;
    /// Bytes that are read of a message that is larger than allowed: enough to know who sent it.
    static final int OVERSIZE_PREFIX_BYTES = 256 * 1024;
    /// Nested multiparts; deeper ones become one opaque attachment. Real mail stays below ten.
    static final int NESTING_MAX = 32;
    /// Parts of one message, all levels together.
    static final int PARTS_MAX = 1_000;
    /// Bytes of one header field.
    static final int FIELD_BYTES_MAX = 256 * 1024;
    /// Bytes of all header fields of one part.
    static final int HEADER_BYTES_MAX = 1024 * 1024;
    /// Fields of one name that are looked at.
    static final int SAME_FIELDS_MAX = 50;
    /// Header fields of one part.
    static final int FIELDS_MAX = 2_000;
    /// Addresses in To and Cc together.
    static final int RECIPIENTS_MAX = 1_000;
    /// Messages inside messages that are decoded; further ones stay attachments.
    static final int EMBEDDED_MAX = 3;
    /// Characters of visible text and of HTML that are kept; the rest stays in the raw message.
    static final int TEXT_CHARS_MAX = 2_000_000;
    /// Message ids kept of References: the first and the last ones tell the thread.
    static final int REFERENCES_MAX = 200;

    /// The warnings that a message contains more than is shown.
    static final Set<String> WARNINGS = Set.of("message-too-large", "nested-too-deep", "too-many-parts", "header-limit",
            "too-many-recipients", "text-cut", "unreadable-mime", "undecodable");
    /// Fields that are kept from an oversized header, wherever they stand.
    static final Set<String> FIELDS_ALWAYS = Set.of("from", "sender", "reply-to", "to", "subject", "date", "message-id",
            "in-reply-to", "references", "content-type", "content-transfer-encoding", "content-disposition",
            "auto-submitted", "return-path", "precedence", "list-id");

    private MailLimits() {}
}
