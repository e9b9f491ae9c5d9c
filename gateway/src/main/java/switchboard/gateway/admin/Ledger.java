package switchboard.gateway.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import switchboard.gateway.http.Call;
import switchboard.gateway.http.Download;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.reply.Deliveries;

/// The ledgers of arrivals and of outgoing work, for administrators. Agents see their own lines' mail that couldn't be
/// read.
public final class Ledger {
    private static final Set<String> INBOX_STATES = Set.of("new", "done", "quarantined");
    private static final Set<String> OUTBOX_STATES =
            Set.of("pending", "leased", "sent", "failed", "uncertain", "cancelled", "expired");
    private static final int HEAD_BYTES = 16 * 1024;
    private static final String QUARANTINED = "quarantined";

    private final Database database;
    private final Inbox inbox;
    private final Deliveries deliveries;
    private final UnaryOperator<String> channelOfDoor;

    /// @param channelOfDoor the name of the channel that reads a door, or the door's own when none does
    public Ledger(Database database, Inbox inbox, Deliveries deliveries, UnaryOperator<String> channelOfDoor) {
        this.database = database;
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.channelOfDoor = channelOfDoor;
    }

    /// @param from its sender, as far as known
    public record InboxRow(String id, String channel, String lane, Instant receivedAt, String state, int attempts,
                           @Nullable String error, String summary,
                           @OneOf({"mail", "text", "delivery", "call", "chat", "form", "other"}) String kind,
                           String from) {}

    public record OutboxRow(String id, String channel, String lane, String state, int attempts, Instant createdAt,
                            Instant nextAt, @Nullable Instant deadline, @Nullable String error,
                            @Nullable String messageId, @Nullable String ticketId) {}

    public Page<InboxRow> inbox(Call call) {
        int limit = call.limit();
        var state = state(call, INBOX_STATES, QUARANTINED);
        if (!call.caller().isAdmin() && !state.equals(QUARANTINED)) {
            throw new Failure.Forbidden("Only admins see more than what was set aside");
        }
        var own = lines(call.caller());
        var rows = database.sql().query("""
                select id, door, lane, received_at, state, attempts, error, substr(raw, 1, $4::int) as head
                from inbox i where state = $1 and id < $2 and %s order by id desc limit $3"""
                .formatted(own.sql(5)), own.arguments(state, before(call), limit + 1, HEAD_BYTES));
        var items = new ArrayList<InboxRow>();
        for (var row : rows) {
            var arrived = Arrived.of(row.getString("door"), row.getBuffer("head").getBytes());
            items.add(new InboxRow(String.valueOf(row.getLong("id")), channelOfDoor.apply(row.getString("door")),
                    row.getString("lane"), row.getOffsetDateTime("received_at").toInstant(), row.getString("state"),
                    row.getInteger("attempts"), row.getString("error"), arrived.summary(), arrived.kind(),
                    arrived.from()));
        }
        return Page.of(items, limit, InboxRow::id);
    }

    /// Which rows of `inbox i` the caller may see: agents see the set-aside mail of their teams' mailboxes. Every agent
    /// sees a mailbox without a team, like its tickets.
    private static Where lines(Caller caller) {
        return caller.isAdmin() ? Where.ALL : Where.of("""
                (i.state = 'quarantined' and i.door = 'smtp' and exists (select 1 from mailbox b
                  where 'mailbox:' || b.address = i.lane and (b.team_id is null or b.team_id = any(?::uuid[]))))""",
                caller.teamIds());
    }

    /// @throws Failure.NotFound also when the caller may not see it
    private long mine(Call call) {
        long row = number(call);
        var own = lines(call.caller());
        if (!database.sql().exists("select 1 from inbox i where i.id = $1 and " + own.sql(2), own.arguments(row))) {
            throw new Failure.NotFound("The row");
        }
        return row;
    }

    public Object replay(Call call) {
        long row = mine(call);
        if (!inbox.replay(row)) throw new Failure.Conflict("not-quarantined", "The row is not in quarantine");
        return null;
    }

    /// The bytes as they came.
    public Download raw(Call call) {
        var rows = database.sql().query("select raw from inbox where id = $1", mine(call)).iterator();
        if (!rows.hasNext()) throw new Failure.NotFound("The row");
        return new Download("inbox-" + call.path("id") + ".txt", "application/octet-stream",
                rows.next().getBuffer("raw").getBytes());
    }

    public Page<OutboxRow> outbox(Call call) {
        int limit = call.limit();
        var rows = database.sql().list(OutboxRow.class, """
                select id::text, channel, lane, state, attempts, created_at, next_at, deadline, last_error as error,
                  message_id::text, ticket_id::text
                from outbox where state = $1 and id < $2 order by id desc limit $3""",
                state(call, OUTBOX_STATES, "failed"), before(call), limit + 1);
        return Page.of(rows, limit, OutboxRow::id);
    }

    public Object retry(Call call) {
        long row = known("outbox", call);
        if (!deliveries.retry(row)) throw new Failure.Conflict("not-retriable", "The row has left or was cancelled");
        return null;
    }

    private static String state(Call call, Set<String> states, String usual) {
        var state = call.queryOr("state", usual);
        if (!states.contains(state)) throw Failure.Invalid.field("state", "must be one of "
                + new java.util.TreeSet<>(states));
        return state;
    }

    private static long before(Call call) {
        return call.number("after").orElse(Long.MAX_VALUE);
    }

    private static long number(Call call) {
        try {
            return Long.parseLong(call.path("id"));
        } catch (NumberFormatException wrong) {
            throw new Failure.NotFound("The row");
        }
    }

    private long known(String table, Call call) {
        long row = number(call);
        if (!database.sql().exists("select 1 from " + table + " where id = $1", row)) {
            throw new Failure.NotFound("The row");
        }
        return row;
    }

    /// Counts by state, for operators.
    public Map<String, Long> counts() {
        var counts = new java.util.TreeMap<String, Long>();
        for (var row : database.sql().query("""
                select 'inbox.' || state as name, count(*) as n from inbox where state <> 'done' group by 1
                union all select 'outbox.' || state, count(*) from outbox
                where state not in ('sent', 'cancelled') group by 1""")) {
            counts.put(row.getString("name"), row.getLong("n"));
        }
        return counts;
    }
}
