package switchboard.gateway.content;

import java.time.Instant;
import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.gateway.http.Download;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.reply.Deliveries;

/// One message beyond its place in the timeline: its bytes as they came, the way of its delivery, another try.
public final class Messages {
    private static final int STEPS_MAX = 200;

    private final Database database;
    private final Deliveries deliveries;

    public Messages(Database database, Deliveries deliveries) {
        this.database = database;
        this.deliveries = deliveries;
    }

    public record Step(Instant at, String status, String detail) {}

    private record Place(UUID ticketId, Long inboxId, Instant inboxAt) {}

    private Place visible(Call call) {
        var place = database.sql().one(Place.class, "select ticket_id, inbox_id, inbox_at from message where id = $1",
                call.id())
                .orElseThrow(() -> new Failure.NotFound("The message"));
        try {
            Policy.requireTicket(database.sql(), call.caller(), place.ticketId());
        } catch (Failure.NotFound hidden) {
            throw new Failure.NotFound("The message");
        }
        return place;
    }

    public Download raw(Call call) {
        var place = visible(call);
        if (place.inboxId() == null) throw new Failure.NotFound("The message");
        var rows = database.sql().query("select raw from inbox where id = $1 and received_at = $2", place.inboxId(),
                place.inboxAt()).iterator();
        if (!rows.hasNext()) throw new Failure.NotFound("The message");
        return new Download("message-" + call.path("id") + ".eml", "message/rfc822", rows.next().getBuffer("raw")
                .getBytes());
    }

    public Page<Step> delivery(Call call) {
        visible(call);
        return new Page<>(database.sql().list(Step.class, """
                select at, status, detail from delivery_step where message_id = $1
                union all
                select a.at, 'attempt-' || a.outcome, a.detail from outbox_attempt a join outbox o on o.id = a.outbox_id
                where o.message_id = $1
                order by at limit $2""", call.id(), STEPS_MAX), null);
    }

    /// @throws Failure.Conflict `not-retriable` when it has left or never had to
    public Object retry(Call call) {
        visible(call);
        var row = database.sql().value(Long.class, """
                select id from outbox where message_id = $1 and state in ('failed', 'uncertain', 'expired')
                order by id desc limit 1""", call.id());
        if (row.isEmpty() || !deliveries.retry(row.get())) throw new Failure.Conflict("not-retriable",
                "There is nothing to send again");
        return null;
    }
}
