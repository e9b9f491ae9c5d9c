package switchboard.ticketing.reply;

import java.util.List;

/// From where to where an answer goes.
///
/// @param channel one that sends
/// @param from our end: mailbox, number, widget
/// @param to the customer's addresses, in compare form
/// @param cc who gets a copy, in compare form: those whom the customer's last mail named, unless the agent says
///     otherwise
public record Line(String channel, String from, List<String> to, List<String> cc) {
    public Line(String channel, String from, List<String> to) {
        this(channel, from, to, List.of());
    }

    Line copiedTo(List<String> copies) {
        return new Line(channel, from, to, copies);
    }
}
