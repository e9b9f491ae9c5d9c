package switchboard.gateway.admin;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import switchboard.gateway.http.Call;
import switchboard.gateway.http.Download;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.reply.Deliveries;

/// The ledgers of what arrived and of what must leave, for the person who looks after them.
public final class Ledger {
    private static final Set<String> INBOX_STATES = Set.of("new", "done", "quarantined");
    private static final Set<String> OUTBOX_STATES =
            Set.of("pending", "leased", "sent", "failed", "uncertain", "cancelled", "expired");
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int SUMMARY_CHARS = 160;
    private static final Pattern SUBJECT = Pattern.compile("(?mi)^(?:subject|body): ?([^\\r\\n]{0,300})");

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

    public record InboxRow(String id, String channel, String lane, Instant receivedAt, String state, int attempts,
                           @Nullable String error, String summary) {}

    public record OutboxRow(String id, String channel, String lane, String state, int attempts, Instant createdAt,
                            Instant nextAt, @Nullable Instant deadline, @Nullable String error,
                            @Nullable String messageId, @Nullable String ticketId) {}

    public Page<InboxRow> inbox(Call call) {
        int limit = call.limit();
        var rows = database.sql().query("""
                select id, door, lane, received_at, state, attempts, error, substr(raw, 1, $4::int) as head
                from inbox where state = $1 and id < $2 order by id desc limit $3""",
                state(call, INBOX_STATES, "quarantined"), before(call), limit + 1, HEAD_BYTES);
        var items = new ArrayList<InboxRow>();
        for (var row : rows) {
            items.add(new InboxRow(String.valueOf(row.getLong("id")), channelOfDoor.apply(row.getString("door")),
                    row.getString("lane"), row.getOffsetDateTime("received_at").toInstant(), row.getString("state"),
                    row.getInteger("attempts"), row.getString("error"), summary(row.getBuffer("head"))));
        }
        return Page.of(items, limit, InboxRow::id);
    }

    /// The subject line, or how the bytes begin; only for a person to recognise the row by.
    private static String summary(Buffer head) {
        var text = new String(head.getBytes(), StandardCharsets.UTF_8);
        var subject = SUBJECT.matcher(text);
        var line = (subject.find() ? subject.group(1) : text).replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= SUMMARY_CHARS ? line : line.substring(0, SUMMARY_CHARS) + "…";
    }

    public Object replay(Call call) {
        long row = known("inbox", call);
        if (!inbox.replay(row)) throw new Failure.Conflict("not-quarantined", "The row is not in quarantine");
        return null;
    }

    /// The bytes as they came.
    public Download raw(Call call) {
        var rows = database.sql().query("select raw from inbox where id = $1", number(call)).iterator();
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
