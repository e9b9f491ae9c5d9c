package switchboard.ticketing.reply;

import java.util.List;

/// From where to where an answer goes.
///
/// @param channel one that sends
/// @param from our end: mailbox, number, widget
/// @param to the customer's addresses, in compare form
/// @param cc recipients of copies, in compare form: by default everyone named in the customer's last mail
/// @param elsewhere addresses that the customer's last message asks to be answered at but that aren't known to be the
///     customer's: included in `to` when the message is believed, left out when it may be forged
public record Line(String channel, String from, List<String> to, List<String> cc, List<String> elsewhere) {
    public Line(String channel, String from, List<String> to) {
        this(channel, from, to, List.of(), List.of());
    }

    Line copiedTo(List<String> copies) {
        return new Line(channel, from, to, copies, elsewhere);
    }
}
