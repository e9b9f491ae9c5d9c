package switchboard.channels.email.smtp;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// Who handed a message over, for whom.
///
/// @param from the bounce address, empty for `<>`
/// @param recipients as given in RCPT, known ones only, in order, never empty
/// @param helo what the client called itself; it proves nothing
public record Envelope(String from, List<String> recipients, InetSocketAddress remote, String helo) {

    /// The message with Return-Path and Delivered-To on top, as RFC 5321 section 4.4 asks of the last hop, so that the
    /// stored bytes tell everything. The same delivery repeated gives the same bytes: no time and no connection is
    /// written.
    ///
    /// @param delivered the recipients whose mailbox these bytes are for: the others got it, too, but not here
    public byte[] stamp(byte[] raw, Collection<String> delivered) {
        var head = new StringBuilder("Return-Path: <").append(from).append(">\r\n");
        delivered.forEach(r -> head.append("Delivered-To: ").append(r).append("\r\n"));
        var out = new ByteArrayOutputStream(raw.length + head.length());
        out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(raw);
        return out.toByteArray();
    }
}
