package switchboard.ticketing.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Tailer;
import switchboard.ticketing.journal.Worker;
import switchboard.ticketing.outbox.Outbox;

/// Telephone calls with customers. A call's ticket is routed like any ticket; the agent who gets it is offered the
/// call, accepts, and the agent's own telephone rings. What an agent asks for is refused when the call's state does
/// not allow it; what telephones report (`desk`) is ignored then.
public final class Calls implements AutoCloseable {
    /// Effects of this channel are telephone commands.
    public static final String EFFECT = "call";
    private static final Set<String> ASSIGNING = Set.of("ticket.assigned", "ticket.unassigned");
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LISTED_MAX = 200;

    private final Database database;
    private final Journal journal;
    private final Outbox outbox;
    private final CallBook book;
    private final CallDesk desk;
    private final Dialling dialling;
    private Tailer tailer;
    private Worker deadlines;

    public Calls(Database database, Journal journal, Outbox outbox, Intake intake) {
        this(database, journal, outbox, intake, CallBook.OFFER);
    }

    /// @param offer how long an agent may leave an offered call alone
    public Calls(Database database, Journal journal, Outbox outbox, Intake intake, Duration offer) {
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
        this.book = new CallBook(journal, outbox, offer);
        this.desk = new CallDesk(book, intake, journal);
        this.dialling = new Dialling(journal, book);
    }

    public Calls start() {
        tailer = Tailer.shared(journal, "calls", entry -> ASSIGNING.contains(entry.kind()), this::follow);
        deadlines = new Worker("calls", LOOK, this::due).start();
        return this;
    }

    public CallDesk desk() {
        return desk;
    }

    /// To be called after the commit of a transaction in which the desk took part.
    public void committed() {
        journal.committed();
        outbox.committed();
    }

    /// Calls that are not over, the oldest first.
    public List<Call> live() {
        return database.sql().list(Call.class, Call.SELECT
                + "where c.state <> 'ended' order by c.started_at, c.id limit $1", LISTED_MAX);
    }

    /// Calls, the newest first.
    public List<Call> recent(int limit) {
        return database.sql().list(Call.class, Call.SELECT + "order by c.started_at desc, c.id desc limit $1",
                Math.clamp(limit, 1, LISTED_MAX));
    }

    /// Calls whose tickets the reader may see.
    ///
    /// @param visible what they may see of `ticket t`
    /// @param live those that are not over, the oldest first; otherwise all, the newest first
    /// @param after the last call of the page before; null for the beginning
    public Page<Call> list(Where visible, boolean live, UUID after, int limit) {
        var order = live ? "asc" : "desc";
        var place = "(c.started_at, c.id) " + (live ? ">" : "<") + " (select started_at, id from call where id = ?)";
        var where = visible.and(Where.of(live ? "c.state <> 'ended'" : "true"));
        if (after != null) where = where.and(place, after);
        return Page.of(database.sql().list(Call.class, Call.SELECT + "join ticket t on t.id = c.ticket_id where "
                + where.sql(2) + " order by c.started_at " + order + ", c.id " + order + " limit $1",
                where.arguments(limit + 1)), limit, Call::id);
    }

    public Call get(UUID id) {
        return get(database.sql(), id);
    }

    private static Call get(Sql sql, UUID id) {
        return sql.one(Call.class, Call.SELECT + "where c.id = $1", id)
                .orElseThrow(() -> new Failure.NotFound("The call"));
    }

    /// Takes an offered call, or picks a waiting one: the agent's own telephone rings.
    ///
    /// @throws Failure.Conflict `call-state`; `no-phone`; `in-call` when the agent talks already
    public Call accept(UUID agent, UUID id) {
        return ask(agent, id, call -> new CallEvent.Accepted(agent), true);
    }

    public Call decline(UUID agent, UUID id) {
        return ask(agent, id, call -> new CallEvent.Declined(agent), false);
    }

    public Call hold(UUID agent, UUID id) {
        return ask(agent, id, call -> own(agent, call, new CallEvent.HoldWanted(true)), false);
    }

    public Call unhold(UUID agent, UUID id) {
        return ask(agent, id, call -> own(agent, call, new CallEvent.HoldWanted(false)), false);
    }

    /// Ends the call; during wrap-up, ends the wrap-up.
    public Call hangup(UUID agent, UUID id) {
        return ask(agent, id, call -> own(agent, call, new CallEvent.HangUpWanted()), false);
    }

    private static CallEvent own(UUID agent, CallRow call, CallEvent event) {
        if (!agent.equals(call.agentId())) throw new Failure.Conflict("call-state", "This is another agent's call");
        return event;
    }

    private Call ask(UUID agent, UUID id, java.util.function.Function<CallRow, CallEvent> event, boolean rings) {
        var after = database.transaction(tx -> {
            var call = CallRow.lock(tx, id).orElseThrow(() -> new Failure.NotFound("The call"));
            if (rings) {
                // Tickets before agents: routing holds a ticket while it waits for its agent.
                tx.query("select 1 from ticket where id = $1 for no key update", call.ticketId());
                dialling.checkFree(tx, agent, id);
            }
            if (book.apply(tx, call, Actor.agent(agent), event.apply(call)).isEmpty()) {
                throw new Failure.Conflict("call-state", "The call is " + call.at().word().replace('-', ' '),
                        get(tx, id));
            }
            return get(tx, id);
        });
        committed();
        return after;
    }

    /// What an agent may see, as conditions on `ticket t` and `customer c`.
    public record Seen(Where tickets, Where customers) {
        public static final Seen ALL = new Seen(Where.ALL, Where.ALL);

        /// The customer of a visible ticket.
        UUID customerOf(Sql tx, UUID ticket) {
            return tx.value(UUID.class, "select coalesce(c.merged_into, c.id) from ticket t join customer c "
                    + "on c.id = t.customer_id where t.id = $1 and " + tickets.sql(2), tickets.arguments(ticket))
                    .orElseThrow(() -> new Failure.NotFound("The ticket"));
        }
    }

    /// @param number one of the customer's when a customer or ticket is given, otherwise any number we may dial; null:
    ///     the customer's
    /// @param ticketId the ticket that the call is about; null opens one
    public record Dial(UUID customerId, String number, UUID ticketId) {}

    /// Rings the agent's own telephone, and then the customer's.
    ///
    /// @throws Failure.NotFound when the customer or the ticket doesn't exist or isn't visible
    /// @throws Failure.Conflict `no-phone`, `in-call`; `identity-taken` when the number belongs to a hidden customer
    /// @throws Failure.Invalid when the number may not be dialled
    public Call dial(Seen seen, UUID agent, Dial dial, String idempotencyKey) {
        var call = database.transaction(tx -> get(tx, dialling.dial(tx, seen, agent, dial, idempotencyKey)));
        committed();
        return call;
    }

    /// The carrier has taken a command to ring somebody.
    ///
    /// @param leg the agent's attempt; 0: the customer
    public void placed(UUID id, int leg, String sid) {
        database.run(tx -> CallRow.lock(tx, id).ifPresent(call -> {
            if (leg == 0) {
                tx.execute("update call set call_sid = $2 where id = $1 and call_sid is null", id, sid);
                if (!(call.at() instanceof CallState.Active)) book.drop(tx, call, "customer-late", sid);
                return;
            }
            boolean wanted = leg == call.leg() && call.at().owner().isPresent()
                    && !(call.at() instanceof CallState.WrapUp);
            if (wanted) tx.execute("update call set agent_call_sid = $2 where id = $1", id, sid);
            else book.drop(tx, call, "agent-late-" + leg, sid);
        }));
        committed();
    }

    /// The carrier will not ring somebody.
    public void refused(UUID id, int leg) {
        database.run(tx -> {
            if (leg == 0) desk.customerGone(tx, id);
            else desk.agentGone(tx, id, leg, "failed");
        });
        committed();
    }

    /// The waiting caller could not be brought to the agent, and will not be: the caller keeps the place, the agent's
    /// telephone is let go. Too late when the caller is there.
    public void unconnected(UUID id, int leg) {
        database.run(tx -> CallRow.lock(tx, id).filter(call -> call.joinedAt() == null)
                .ifPresent(call -> book.apply(tx, call, Actor.SYSTEM, new CallEvent.Unconnected(leg))));
        committed();
    }

    /// What a telephone command needs to know at the moment when it leaves.
    ///
    /// @param joined the waiting caller has been fetched out of the queue
    public record Legs(String state, String language, int leg, String callSid, String agentCallSid, String queueSid,
            String conferenceSid, boolean joined) {}

    public Optional<Legs> legs(UUID id) {
        return database.sql().one(Legs.class, """
                select state, language, leg, call_sid, agent_call_sid, queue_sid, conference_sid,
                  joined_at is not null as joined from call where id = $1""", id);
    }

    /// A live leg about which nothing was heard for a while.
    ///
    /// @param leg 0: the customer's
    public record Silent(UUID call, int leg, String sid) {}

    public List<Silent> silent(Duration since) {
        return database.sql().list(Silent.class, """
                select id as call, x.leg, x.sid from call c
                cross join lateral (values (0, c.call_sid), (c.leg, case when c.state in ('active', 'held') then
                c.agent_call_sid end))
                  as x(leg, sid)
                where c.state not in ('wrapup', 'ended') and x.sid is not null
                  and (c.changed_at <= now() - make_interval(secs => $1::float8)
                    or c.changed_at > now() + interval '1 minute') -- by a clock that was turned back since
                order by c.changed_at limit $2""", (double) since.toSeconds(), LISTED_MAX);
    }

    /// The carrier says, asked, that this leg is over.
    public void over(Silent leg) {
        refused(leg.call(), leg.leg());
    }

    /// Stores the message that a caller left; a second time it does nothing.
    public void voicemail(UUID id, byte[] sound, String type) {
        database.run(tx -> CallRow.lock(tx, id).filter(call -> call.recordingSha() == null)
                .ifPresent(call -> desk.voicemail(tx, call, sound, type)));
        committed();
    }

    /// Whoever has the ticket of a waiting call is offered the call.
    private void follow(Sql tx, List<Sequenced> entries) {
        var tickets = entries.stream().map(Sequenced::ticketId).collect(Collectors.toSet());
        for (var id : tx.column(UUID.class, """
                select id from call where ticket_id = any($1)
                and state in ('queued', 'offered', 'ringing-agent') order by id""", tickets)) {
            var call = CallRow.lock(tx, id).orElseThrow();
            var owner = tx.value(UUID.class, "select assignee_id from ticket where id = $1", call.ticketId());
            book.apply(tx, call, Actor.SYSTEM, owner.<CallEvent>map(CallEvent.Given::new)
                    .orElse(new CallEvent.Withdrawn()));
        }
        journal.committed();
    }

    private boolean due() {
        int done = database.transaction(tx -> {
            var due = book.due(tx);
            due.forEach(call -> book.apply(tx, call, Actor.SYSTEM, new CallEvent.Due()));
            return due.size();
        });
        if (done > 0) committed();
        return done > 0;
    }

    @Override
    public void close() {
        if (tailer != null) tailer.close();
        if (deadlines != null) deadlines.close();
    }
}
