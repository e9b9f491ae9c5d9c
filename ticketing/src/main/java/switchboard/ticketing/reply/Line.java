package switchboard.ticketing.reply;

import java.util.List;

/// From where to where an answer goes.
///
/// @param channel one that sends
/// @param from our end: mailbox, number, widget
/// @param to the customer's addresses, in compare form
/// @param cc who gets a copy, in compare form: those whom the customer's last mail named, unless the agent says
///     otherwise
/// @param elsewhere addresses at which the customer's last message asks to be answered, though the customer is not
///     known by them: in `to` where the message is believed, beside it where it may be forged
public record Line(String channel, String from, List<String> to, List<String> cc, List<String> elsewhere) {
    public Line(String channel, String from, List<String> to) {
        this(channel, from, to, List.of(), List.of());
    }

    Line copiedTo(List<String> copies) {
        return new Line(channel, from, to, copies, elsewhere);
    }
}
