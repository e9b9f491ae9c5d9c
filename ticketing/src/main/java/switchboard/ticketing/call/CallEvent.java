package switchboard.ticketing.call;

import java.util.UUID;

/// What can happen to a call, time included.
sealed interface CallEvent {
    record Enqueued() implements CallEvent {}

    /// The caller is to leave word: asked for it, or nobody is there.
    record WordWanted() implements CallEvent {}

    record CallbackWanted() implements CallEvent {}

    /// Routing, or a person, gave the call's ticket to an agent.
    record Given(UUID agent) implements CallEvent {}

    /// The ticket has no owner any more.
    record Withdrawn() implements CallEvent {}

    record Accepted(UUID agent) implements CallEvent {}

    record Declined(UUID agent) implements CallEvent {}

    record AgentUp(int leg) implements CallEvent {}

    /// @param how the carrier's word: busy, no-answer, failed, canceled, completed
    record AgentGone(int leg, String how) implements CallEvent {}

    /// The waiting caller could not be brought to the agent's leg.
    record Unconnected(int leg) implements CallEvent {}

    record CustomerUp() implements CallEvent {}

    record CustomerGone() implements CallEvent {}

    /// An unknown caller hung up before choosing from the menu: a wrong number or a machine.
    record GivenUp() implements CallEvent {}

    record HoldWanted(boolean hold) implements CallEvent {}

    record HangUpWanted() implements CallEvent {}

    /// The state's time is over.
    record Due() implements CallEvent {}
}
