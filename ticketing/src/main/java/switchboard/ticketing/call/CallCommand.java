package switchboard.ticketing.call;

import java.util.UUID;

/// What follows from an event: telephone commands, which leave through the outbox, and changes of the call's ticket.
sealed interface CallCommand {
    record RingAgent() implements CallCommand {}

    /// The waiting caller goes to the agent.
    record Connect() implements CallCommand {}

    record DialCustomer() implements CallCommand {}

    record DropAgent() implements CallCommand {}

    record DropCustomer() implements CallCommand {}

    record Hold(boolean hold) implements CallCommand {}

    /// The ticket waits for an agent.
    record QueueTicket() implements CallCommand {}

    /// The ticket waits for nobody while its caller leaves word.
    record UnqueueTicket() implements CallCommand {}

    /// An agent picked the call by hand.
    record TakeTicket(UUID agent) implements CallCommand {}

    /// Back to the queue with its original age; this agent is passed over.
    ///
    /// @param why `missed` makes the agent unroutable, `declined` does not; `unconnected` is not the agent's doing
    record GiveBack(UUID agent, String why) implements CallCommand {}

    /// Somebody must call this customer.
    record CallBack() implements CallCommand {}

    /// Nothing to do: the call only appears on the timeline.
    record Dismiss() implements CallCommand {}

    /// The agent has answered: nobody waits any more.
    record Answered() implements CallCommand {}

    /// The agent is free again.
    record Close(UUID agent) implements CallCommand {}
}
