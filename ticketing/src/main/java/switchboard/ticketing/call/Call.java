package switchboard.ticketing.call;

import java.time.Instant;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// A call as people see it.
///
/// @param callSid the carrier's name of the customer's leg; null before there is one
/// @param direction `inbound` or `outbound`
/// @param state menu, queued, offered, ringing-agent, active, held, wrapup, ended
/// @param number the customer's, as the carrier gave it
/// @param durationSeconds from answer to end, or until now; null when it was never answered
/// @param outcome answered, missed, voicemail, callback; null while it is not known
public record Call(UUID id, @Nullable String callSid, @OneOf({"inbound", "outbound"}) String direction,
                   @OneOf({"menu", "queued", "offered", "ringing-agent", "active", "held", "wrapup", "ended"})
                   String state, @Nullable Named customer, String number, @Nullable Named agent, UUID ticketId,
                   Instant startedAt, @Nullable Instant answeredAt, @Nullable Instant endedAt,
                   @Nullable Integer durationSeconds,
                   @Nullable @OneOf({"answered", "missed", "voicemail", "callback"}) String outcome) {
    public record Named(UUID id, String name) {}

    static final String SELECT = """
            select c.id, c.call_sid, c.direction, case c.state when 'message' then 'menu' else c.state end as state,
              case when cu.id is not null then json_build_object('id', cu.id, 'name', cu.name) end as customer,
              c.number,
              case when ag.id is not null then json_build_object('id', ag.id, 'name', ag.name) end as agent,
              c.ticket_id,
              c.started_at, c.answered_at, c.ended_at,
              extract(epoch from coalesce(c.ended_at, now()) - c.answered_at)::int as duration_seconds, c.outcome
            from call c left join customer o on o.id = c.customer_id left join customer cu on cu.id =
            coalesce(o.merged_into, o.id)
            left join agent ag on ag.id = c.agent_id
            """;
}
