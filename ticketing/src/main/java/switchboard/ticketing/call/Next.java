package switchboard.ticketing.call;

import java.util.UUID;

/// What the customer's or the agent's telephone is to do next, in words of the trade; the channel renders it.
///
/// `language` is `en` or `zh-CN`.
public sealed interface Next {
    /// Greet, and ask for a choice. `attempt` counts from 1.
    record Greet(UUID call, PhoneLine line, int attempt, String language) implements Next {}

    record Enqueue(UUID call, String queue, String greeting, String language) implements Next {}

    /// Said again and again to a waiting caller.
    ///
    /// @param position 1 is next; 0: not known
    record Wait(UUID call, long position, boolean voicemail, String language) implements Next {}

    /// Out of the queue, by the caller's wish.
    record Leave() implements Next {}

    record JoinAsAgent(UUID call, String conference) implements Next {}

    record JoinAsCustomer(UUID call, String conference) implements Next {}

    record TakeMessage(UUID call, String language) implements Next {}

    /// @param why over, callback, thanks, gone, nobody
    record Goodbye(String why, String language) implements Next {}

    record Nothing() implements Next {}

    Next NOTHING = new Nothing();
}
