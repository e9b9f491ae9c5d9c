package switchboard.ticketing.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.call.CallEvent.Accepted;
import switchboard.ticketing.call.CallEvent.AgentGone;
import switchboard.ticketing.call.CallEvent.AgentUp;
import switchboard.ticketing.call.CallEvent.CustomerGone;
import switchboard.ticketing.call.CallEvent.CustomerUp;
import switchboard.ticketing.call.CallEvent.Declined;
import switchboard.ticketing.call.CallEvent.Due;
import switchboard.ticketing.call.CallEvent.Enqueued;
import switchboard.ticketing.call.CallEvent.Given;
import switchboard.ticketing.call.CallEvent.HangUpWanted;
import switchboard.ticketing.call.CallEvent.HoldWanted;
import switchboard.ticketing.call.CallFold.Facts;
import switchboard.ticketing.call.CallFold.Turn;
import switchboard.ticketing.call.CallState.Ended;
import switchboard.ticketing.call.CallState.Menu;
import switchboard.ticketing.call.CallState.Queued;
import switchboard.ticketing.call.CallState.RingingAgent;
import switchboard.ticketing.call.CallState.WrapUp;

class CallFoldTest {
    private static final UUID MEI = new UUID(0, 1);
    private static final UUID BO = new UUID(0, 2);

    /// A call that is played through by hand.
    private static final class Played {
        CallState state;
        Facts facts;
        final List<CallCommand> commands = new ArrayList<>();
        String outcome;

        Played(boolean outbound) {
            state = outbound ? new RingingAgent(MEI, 1) : new Menu();
            facts = new Facts(outbound, outbound ? 1 : 0, false, false);
        }

        boolean on(CallEvent event) {
            var turn = CallFold.next(state, facts, event);
            turn.ifPresent(next -> take(next, event));
            return turn.isPresent();
        }

        private void take(Turn turn, CallEvent event) {
            state = turn.state();
            if (turn.outcome() != null && outcome == null) outcome = turn.outcome();
            commands.addAll(turn.commands());
            int leg = state instanceof RingingAgent(_, int next) ? next : facts.leg();
            boolean answered = !(state instanceof Queued) && facts.answered()
                    || event instanceof AgentUp && !facts.outbound()
                    || event instanceof CustomerUp;
            facts = new Facts(facts.outbound(), leg, answered, facts.recorded());
        }

        Played all(CallEvent... events) {
            for (var event : events) assertTrue(on(event), state + " has no use for " + event);
            return this;
        }

        long count(Class<? extends CallCommand> kind) {
            return commands.stream().filter(kind::isInstance).count();
        }
    }

    @Tag("D23")
    @Test void whoeverIsGoneFromTheMenuIsCalledBackOrLeavesNothingToDo() {
        var wanted = new Played(false).all(new CustomerGone());
        assertEquals("missed", wanted.outcome);
        assertEquals(1, wanted.count(CallCommand.CallBack.class));
        var stranger = new Played(false).all(new CallEvent.GivenUp());
        assertEquals("missed", stranger.outcome);
        assertEquals(1, stranger.count(CallCommand.Dismiss.class));
        assertEquals(0, stranger.count(CallCommand.CallBack.class));
    }

    @Test void aReportAboutAnEarlierLegChangesNothing() {
        var call = new Played(false).all(new Enqueued(), new Given(MEI), new Accepted(MEI),
                new AgentGone(1, "no-answer"),
                new Given(BO), new Accepted(BO));
        assertEquals(new RingingAgent(BO, 2), call.state);
        assertTrue(!call.on(new AgentGone(1, "completed")));
        assertTrue(!call.on(new AgentUp(1)));
        assertTrue(call.on(new AgentUp(2)));
    }

    @Test void whoCannotBeConnectedWaitsOnAndTheAgentIsLetGo() {
        var talk = new CallEvent[] {new Enqueued(), new Given(MEI), new Accepted(MEI), new AgentUp(1)};
        for (var held : List.of(false, true)) {
            var call = new Played(false).all(talk);
            if (held) call.all(new HoldWanted(true));
            assertTrue(!call.on(new CallEvent.Unconnected(0)), "an earlier leg's");
            call.all(new CallEvent.Unconnected(1));
            assertEquals(new Queued(), call.state);
            assertEquals(1, call.count(CallCommand.DropAgent.class));
            assertEquals(2, call.count(CallCommand.QueueTicket.class));
            assertTrue(!call.on(new AgentGone(1, "completed")));
            assertEquals("missed", call.all(new CustomerGone()).outcome, "they have not talked");
        }
    }

    @Test void noAnswerMakesAnAgentMissedAndBusyDoesNot() {
        var missed = new Played(false).all(new Enqueued(), new Given(MEI), new Accepted(MEI),
                new AgentGone(1, "no-answer"));
        assertTrue(missed.commands.contains(new CallCommand.GiveBack(MEI, "missed")));
        var busy = new Played(false).all(new Enqueued(), new Given(MEI), new Accepted(MEI), new AgentGone(1, "busy"));
        assertTrue(busy.commands.contains(new CallCommand.GiveBack(MEI, "declined")));
        assertEquals(new Queued(), busy.state);
    }

    @Test void whoeverHangsUpFirstTheOtherLegIsEndedOnce() {
        var talk = new CallEvent[] {new Enqueued(), new Given(MEI), new Accepted(MEI), new AgentUp(1)};
        var byBoth = new Played(false).all(talk).all(new HangUpWanted());
        assertTrue(!byBoth.on(new CustomerGone()));
        assertTrue(!byBoth.on(new AgentGone(1, "completed")));
        assertEquals(new WrapUp(MEI), byBoth.state);
        assertEquals(1, byBoth.count(CallCommand.DropAgent.class));
        assertEquals(1, byBoth.count(CallCommand.DropCustomer.class));
        assertEquals("answered", byBoth.all(new Due()).outcome);
    }

    @Test void anOutboundCallThatNobodyAnswersIsMissedAndFreesTheAgent() {
        var call = new Played(true).all(new AgentUp(1), new CustomerGone());
        assertEquals("missed", call.outcome);
        assertEquals(1, call.count(CallCommand.Close.class));
        assertEquals(0, call.count(CallCommand.CallBack.class));
    }

    @Test void whateverComesInWhateverOrderACallWhoseLegsAreGoneEndsAndFreesEveryAgent() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var call = new Played(random.nextInt(4) == 0);
            for (int i = 0; i < 30; i++) call.on(any(random, call.facts.leg()));
            call.on(new CustomerGone());
            for (int leg = 0; leg <= call.facts.leg(); leg++) call.on(new AgentGone(leg, "completed"));
            call.on(new Due());
            assertEquals(new Ended(), call.state, "seed " + seed);
            assertTrue(call.outcome != null, "seed " + seed);
            // Every telephone that was rung and not given back was told to stop, or had gone by itself.
            assertTrue(call.count(CallCommand.Close.class) <= 1, "seed " + seed);
            assertTrue(!call.on(any(random, call.facts.leg())), "an ended call stays ended");
        }
    }

    private static CallEvent any(Random random, int leg) {
        var agent = random.nextBoolean() ? MEI : BO;
        return switch (random.nextInt(14)) {
            case 0, 1 -> new Enqueued();
            case 2, 3 -> new Given(agent);
            case 4, 5 -> new Accepted(agent);
            case 6 -> new Declined(agent);
            case 7, 8 -> new AgentUp(leg);
            case 9 -> new AgentGone(random.nextInt(leg + 1), random.nextBoolean() ? "busy" : "no-answer");
            case 10 -> random.nextInt(5) == 0 ? new CallEvent.Unconnected(leg) : new CustomerUp();
            case 11 -> new HoldWanted(random.nextBoolean());
            case 12 -> random.nextInt(5) == 0 ? new Due() : new CallEvent.Withdrawn();
            default -> random.nextInt(5) == 0 ? new HangUpWanted() : new CallEvent.CustomerUp();
        };
    }
}
