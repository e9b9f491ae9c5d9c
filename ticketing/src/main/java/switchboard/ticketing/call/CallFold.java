package switchboard.ticketing.call;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.call.CallCommand.Answered;
import switchboard.ticketing.call.CallCommand.CallBack;
import switchboard.ticketing.call.CallCommand.Close;
import switchboard.ticketing.call.CallCommand.Connect;
import switchboard.ticketing.call.CallCommand.DialCustomer;
import switchboard.ticketing.call.CallCommand.Dismiss;
import switchboard.ticketing.call.CallCommand.DropAgent;
import switchboard.ticketing.call.CallCommand.DropCustomer;
import switchboard.ticketing.call.CallCommand.GiveBack;
import switchboard.ticketing.call.CallCommand.Hold;
import switchboard.ticketing.call.CallCommand.QueueTicket;
import switchboard.ticketing.call.CallCommand.RingAgent;
import switchboard.ticketing.call.CallCommand.TakeTicket;
import switchboard.ticketing.call.CallCommand.UnqueueTicket;
import switchboard.ticketing.call.CallEvent.Accepted;
import switchboard.ticketing.call.CallEvent.AgentGone;
import switchboard.ticketing.call.CallEvent.AgentUp;
import switchboard.ticketing.call.CallEvent.CallbackWanted;
import switchboard.ticketing.call.CallEvent.CustomerGone;
import switchboard.ticketing.call.CallEvent.CustomerUp;
import switchboard.ticketing.call.CallEvent.Declined;
import switchboard.ticketing.call.CallEvent.Due;
import switchboard.ticketing.call.CallEvent.Enqueued;
import switchboard.ticketing.call.CallEvent.Given;
import switchboard.ticketing.call.CallEvent.GivenUp;
import switchboard.ticketing.call.CallEvent.HangUpWanted;
import switchboard.ticketing.call.CallEvent.HoldWanted;
import switchboard.ticketing.call.CallEvent.Unconnected;
import switchboard.ticketing.call.CallEvent.Withdrawn;
import switchboard.ticketing.call.CallEvent.WordWanted;
import switchboard.ticketing.call.CallState.Active;
import switchboard.ticketing.call.CallState.Ended;
import switchboard.ticketing.call.CallState.Held;
import switchboard.ticketing.call.CallState.Menu;
import switchboard.ticketing.call.CallState.Offered;
import switchboard.ticketing.call.CallState.Queued;
import switchboard.ticketing.call.CallState.RingingAgent;
import switchboard.ticketing.call.CallState.TakingMessage;
import switchboard.ticketing.call.CallState.WrapUp;

/// The state machine of a call: pure, so that any order of reports can be played through. Reports come late, twice and
/// out of order; one that the state has no use for changes nothing.
final class CallFold {
    /// @param outbound we call the customer: the agent's telephone rings first
    /// @param leg attempts to ring an agent so far
    /// @param answered agent and customer have talked
    /// @param recorded a message was left and is stored
    record Facts(boolean outbound, int leg, boolean answered, boolean recorded) {}

    record Turn(CallState state, String outcome, List<CallCommand> commands) {}

    private CallFold() {}

    /// @return empty when the state has no use for the event
    static Optional<Turn> next(CallState state, Facts facts, CallEvent event) {
        return Optional.ofNullable(switch (state) {
            case Menu _ -> menu(event);
            case TakingMessage _ -> event instanceof CustomerGone
                    ? facts.recorded() ? ended("voicemail") : ended("missed", new CallBack()) : null;
            case Queued _ -> queued(facts, event);
            case Offered(var agent) -> offered(agent, facts, event);
            case RingingAgent ringing -> ringing(ringing, facts, event);
            case Active active -> talking(active.agent(), active.leg(), false, facts, event);
            case Held held -> talking(held.agent(), held.leg(), true, facts, event);
            case WrapUp(var agent) -> switch (event) {
                case Due _, HangUpWanted _ -> ended("answered", new Close(agent));
                default -> null;
            };
            case Ended _ -> null;
        });
    }

    private static Turn menu(CallEvent event) {
        return switch (event) {
            case Enqueued _ -> to(new Queued(), new QueueTicket());
            case WordWanted _ -> to(new TakingMessage());
            case CallbackWanted _ -> ended("callback", new CallBack());
            case CustomerGone _ -> ended("missed", new CallBack());
            case GivenUp _ -> ended("missed", new Dismiss());
            default -> null;
        };
    }

    private static Turn queued(Facts facts, CallEvent event) {
        return switch (event) {
            case Given(var agent) -> to(new Offered(agent));
            case Accepted(var agent) -> to(new RingingAgent(agent, facts.leg() + 1), new TakeTicket(agent),
                    new RingAgent());
            case WordWanted _ -> to(new TakingMessage(), new UnqueueTicket());
            case CallbackWanted _ -> ended("callback", new CallBack());
            case CustomerGone _ -> ended("missed", new CallBack());
            default -> null;
        };
    }

    private static Turn offered(UUID agent, Facts facts, CallEvent event) {
        return switch (event) {
            case Accepted(var by) when by.equals(agent) -> to(new RingingAgent(agent, facts.leg() + 1),
                    new RingAgent());
            case Declined(var by) when by.equals(agent) -> to(new Queued(), new GiveBack(agent, "declined"));
            case Due _ -> to(new Queued(), new GiveBack(agent, "missed"));
            case Given(var other) when !other.equals(agent) -> to(new Offered(other));
            case Withdrawn _ -> to(new Queued());
            case WordWanted _ -> to(new TakingMessage(), new UnqueueTicket());
            case CallbackWanted _ -> ended("callback", new CallBack());
            case CustomerGone _ -> ended("missed", new CallBack());
            default -> null;
        };
    }

    private static Turn ringing(RingingAgent at, Facts facts, CallEvent event) {
        return switch (event) {
            case AgentUp(int leg) when leg == at.leg() -> facts.outbound()
                    ? to(new Active(at.agent(), leg), new DialCustomer())
                    : to(new Active(at.agent(), leg), new Connect(), new Answered());
            case AgentGone(int leg, String how) when leg == at.leg() ->
                    agentLost(at.agent(), facts, how.equals("no-answer"));
            case Due _ -> agentLost(at.agent(), facts, true, new DropAgent());
            case Declined(var by) when by.equals(at.agent()) -> agentLost(at.agent(), facts, false, new DropAgent());
            case HangUpWanted _ -> agentLost(at.agent(), facts, false, new DropAgent());
            // The agent has left; the ticket now has another owner or none.
            case Withdrawn _ when !facts.outbound() -> to(new Queued(), new DropAgent());
            case CustomerGone _ -> ended("missed", new DropAgent(), new CallBack());
            default -> null;
        };
    }

    private static Turn agentLost(UUID agent, Facts facts, boolean missed, CallCommand... more) {
        if (facts.outbound()) return ended("missed", plus(more, new Close(agent)));
        return to(new Queued(), plus(more, new GiveBack(agent, missed ? "missed" : "declined")));
    }

    private static Turn talking(UUID agent, int leg, boolean held, Facts facts, CallEvent event) {
        return switch (event) {
            case CustomerUp _ when !facts.answered() -> to(new Active(agent, leg), new Answered());
            case CustomerGone _ -> over(agent, facts, new DropAgent());
            case Unconnected(int failed) when failed == leg && !facts.outbound() ->
                    to(new Queued(), new DropAgent(), new GiveBack(agent, "unconnected"), new QueueTicket());
            case AgentGone(int gone, _) when gone == leg -> over(agent, facts, new DropCustomer());
            case HangUpWanted _ -> over(agent, facts, new DropCustomer(), new DropAgent());
            case Due _ when !facts.answered() -> over(agent, facts, new DropCustomer(), new DropAgent());
            case HoldWanted(boolean hold) when hold != held && facts.answered() ->
                    to(hold ? new Held(agent, leg) : new Active(agent, leg), new Hold(hold));
            default -> null;
        };
    }

    private static Turn over(UUID agent, Facts facts, CallCommand... commands) {
        return facts.answered() ? new Turn(new WrapUp(agent), "answered", List.of(commands))
                : ended("missed", plus(commands, new Close(agent)));
    }

    private static CallCommand[] plus(CallCommand[] commands, CallCommand last) {
        var all = java.util.Arrays.copyOf(commands, commands.length + 1);
        all[commands.length] = last;
        return all;
    }

    private static Turn to(CallState state, CallCommand... commands) {
        return new Turn(state, null, List.of(commands));
    }

    private static Turn ended(String outcome, CallCommand... commands) {
        return new Turn(new Ended(), outcome, List.of(commands));
    }
}
