package switchboard.ticketing.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;

/// Writes down what an event makes of a call: its new state, what must leave, what becomes of its ticket, and the
/// journal's line, all in the caller's transaction, which holds the call's row.
final class CallBook {
    static final Duration OFFER = Duration.ofSeconds(20);
    /// How long the carrier rings an agent's telephone.
    static final Duration RING = Duration.ofSeconds(25);
    static final Duration WRAP_UP = Duration.ofSeconds(30);
    /// Ringing, and what the network adds to it, after which we believe no report any more.
    private static final Duration RING_DUE = RING.plusSeconds(10);
    private static final Duration DIAL_DUE = Duration.ofSeconds(75);
    /// Longer than each of these; an offer's own time is added.
    private static final Duration DEADLINE_MAX = Duration.ofMinutes(2);
    /// A command that could not leave by then is not carried out any more.
    private static final Duration COMMAND_LASTS = Duration.ofSeconds(15);
    private static final Duration DROP_LASTS = Duration.ofMinutes(10);

    private final Journal journal;
    private final Outbox outbox;
    private final Duration offer;

    CallBook(Journal journal, Outbox outbox, Duration offer) {
        this.journal = journal;
        this.outbox = outbox;
        this.offer = offer;
    }

    /// @return the call after the event; empty when its state has no use for it
    Optional<CallRow> apply(Sql tx, CallRow call, Actor actor, CallEvent event) {
        var turn = CallFold.next(call.at(), call.facts(), event);
        if (turn.isEmpty()) return Optional.empty();
        write(tx, call, turn.get(), event);
        var after = CallRow.lock(tx, call.id()).orElseThrow();
        var ticket = new CallTicket(tx, journal, after, actor);
        for (var command : turn.get().commands()) run(tx, after, ticket, command);
        if (turn.get().outcome() != null) ticket.card();
        journal.append(tx, changed(after, actor));
        return Optional.of(after);
    }

    private void write(Sql tx, CallRow call, CallFold.Turn turn, CallEvent event) {
        var state = turn.state();
        int leg = state instanceof CallState.RingingAgent(_, int next) ? next : call.leg();
        boolean answered = event instanceof CallEvent.AgentUp && !call.outbound()
                || event instanceof CallEvent.CustomerUp;
        boolean newLeg = leg != call.leg();
        boolean over = state instanceof CallState.WrapUp || state instanceof CallState.Ended;
        tx.execute("""
                update call set state = $2, leg = $3,
                  agent_id = case when $2 in ('menu', 'message', 'queued') then null else coalesce($4, agent_id) end,
                  agent_call_sid = case when $5 then null else agent_call_sid end,
                  enqueued_at = case when $2 = 'queued' then coalesce(enqueued_at, now()) else enqueued_at end,
                  joined_at = case when $2 = 'queued' then null else joined_at end,
                  conference_sid = case when $2 = 'queued' then null else conference_sid end,
                  offered_at = case when $2 = 'offered' then now() else offered_at end,
                  answered_at = case when $2 = 'queued' then null when $6 then coalesce(answered_at, now())
                    else answered_at end,
                  ended_at = case when $7 then coalesce(ended_at, now()) else ended_at end,
                  deadline = $8, outcome = coalesce(outcome, $9), changed_at = now(), version = version + 1
                where id = $1""", call.id(), state.word(), leg, state.owner(), newLeg, answered, over,
                deadline(state, answered || call.answeredAt() != null), turn.outcome());
    }

    private Instant deadline(CallState state, boolean answered) {
        return switch (state) {
            case CallState.Offered _ -> Instant.now().plus(offer);
            case CallState.RingingAgent _ -> Instant.now().plus(RING_DUE);
            case CallState.WrapUp _ -> Instant.now().plus(WRAP_UP);
            case CallState.Active _ when !answered -> Instant.now().plus(DIAL_DUE);
            default -> null;
        };
    }

    private void run(Sql tx, CallRow call, CallTicket ticket, CallCommand command) {
        switch (command) {
            case CallCommand.RingAgent _ -> ring(tx, call);
            case CallCommand.Connect _ -> effect(tx, call, "connect", COMMAND_LASTS, DROP_LASTS,
                    Map.of("leg", call.leg()));
            case CallCommand.DialCustomer _ -> effect(tx, call, "dial", COMMAND_LASTS,
                    Map.of("to", call.number(), "from", call.ourNumber()));
            case CallCommand.DropAgent _ -> drop(tx, call, "agent", call.agentCallSid());
            case CallCommand.DropCustomer _ -> drop(tx, call, "customer", call.callSid());
            case CallCommand.Hold(boolean hold) -> effect(tx, call, "hold", COMMAND_LASTS, Map.of("hold", hold));
            case CallCommand.QueueTicket _ -> ticket.queue();
            case CallCommand.UnqueueTicket _ -> ticket.unqueue();
            case CallCommand.TakeTicket(var agent) -> ticket.take(agent);
            case CallCommand.GiveBack(var agent, var why) -> ticket.giveBack(agent, why);
            case CallCommand.CallBack _ -> ticket.callBack();
            case CallCommand.Dismiss _ -> ticket.dismiss();
            case CallCommand.Answered _ -> ticket.answered();
            case CallCommand.Close(var agent) -> ticket.close(agent);
        }
    }

    void ring(Sql tx, CallRow call) {
        var phone = tx.value(String.class, "select phone from agent where id = $1", call.agentId()).orElse("");
        tx.execute("update call set deadline = $2 where id = $1", call.id(), Instant.now().plus(RING_DUE));
        effect(tx, call, "ring", COMMAND_LASTS, Map.of("leg", call.leg(), "to", phone, "from", call.ourNumber(),
                "seconds", RING.toSeconds()));
    }

    /// Ends a leg. One whose name is not known yet is ended when it becomes known.
    void drop(Sql tx, CallRow call, String who, String sid) {
        if (sid != null) effect(tx, call, "drop-" + who, DROP_LASTS, Map.of("sid", sid));
    }

    /// Every telephone command leaves through the outbox, in the order of the call, and never late.
    void effect(Sql tx, CallRow call, String what, Duration lasts, Map<String, Object> more) {
        effect(tx, call, what, lasts, lasts, more);
    }

    /// @param kept how long it stays in the outbox: longer than it lasts where its failure must be dealt with
    private void effect(Sql tx, CallRow call, String what, Duration lasts, Duration kept, Map<String, Object> more) {
        var until = Instant.now().plus(lasts);
        var payload = new HashMap<String, Object>(more);
        payload.put("do", what);
        payload.put("call", call.id().toString());
        payload.put("until", until.toEpochMilli());
        outbox.put(tx, List.of(new Effect(Calls.EFFECT, "call:" + call.id(), "call:" + call.id() + ":" + what + ":"
                + call.version(),
                payload, null, call.ticketId(), null, Instant.now(), Instant.now().plus(kept))));
    }

    static Entry changed(CallRow call, Actor actor) {
        var facts = new HashMap<String, Object>(Map.of("callId", call.id(), "state", call.at().word()));
        if (call.agentId() != null) facts.put("agent", call.agentId());
        if (call.outcome() != null) facts.put("outcome", call.outcome());
        return Entry.of("call.changed", actor, Instant.now()).ticket(call.ticketId()).customer(call.customerId())
                .facts(facts);
    }

    /// Calls past their deadline. A deadline further ahead than any can be was set before the clock was turned back.
    List<CallRow> due(Sql tx) {
        var due = new ArrayList<CallRow>();
        for (var id : tx.column(java.util.UUID.class, """
                select id from call where deadline < now() or deadline > now() + make_interval(secs => $1::float8)
                order by deadline limit 20 for update skip locked""", (double) offer.plus(DEADLINE_MAX).toSeconds())) {
            CallRow.lock(tx, id).ifPresent(due::add);
        }
        return due;
    }
}
