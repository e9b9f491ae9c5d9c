package switchboard.ticketing.reply;

import java.util.List;

/// From where to where an answer goes.
///
/// @param channel one that sends
/// @param from our end: mailbox, number, widget
/// @param to the customer's addresses, in compare form
public record Line(String channel, String from, List<String> to) {}
