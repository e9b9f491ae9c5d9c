package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// A ticket as people and programs see it. `version` rises with every change; `lastSeq` is the journal sequence of the
/// newest entry about it, `waitingSince` the first customer message that no person has answered, `chatEndedAt` when an
/// agent ended the live chat that it came by.
public record Ticket(UUID id, long number, String subject,
                     @OneOf({"open", "pending", "snoozed", "solved"}) String status, @Nullable Instant snoozedUntil,
                     @OneOf({"low", "normal", "high", "urgent"}) String priority, String channel,
                     String ourAddress, UUID customerId, Person customer, @Nullable Named assignee,
                     @Nullable Named team, List<String> tags, String language, @Nullable Instant waitingSince,
                     @Nullable Instant queuedAt, Instant createdAt, Instant updatedAt, @Nullable Instant solvedAt,
                     @Nullable Instant chatEndedAt,
                     Last lastMessage, boolean unread, @Nullable UUID mergedInto, List<UUID> mentions, int version,
                     long lastSeq, List<Clock> sla) {

    /// A promise about this ticket and how it stands.
    public record Clock(String name, String kind, @Nullable Instant dueAt,
                        @OneOf({"running", "met", "breached", "paused"}) String state) {}

    /// The customer, as much as a list row shows.
    public record Person(UUID id, String name, String company) {}

    public record Named(UUID id, String name) {}

    /// The newest message, as much as a list row shows.
    public record Last(Instant at, @OneOf({"inbound", "outbound", "internal"}) String direction,
                       String channel, String preview) {}

    /// Columns of this shape from `ticket t`, joined as in `FROM`; `$READER` is replaced by the number of the reader's
    /// parameter.
    static final String COLUMNS = """
            t.id, t.number, t.subject, t.status, t.snoozed_until, t.priority, t.channel, t.our_address,
            c.id as customer_id, json_build_object('id', c.id, 'name', c.name, 'company', c.company) as customer,
            case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end as assignee,
            case when tm.id is not null then json_build_object('id', tm.id, 'name', tm.name) end as team,
            t.tags, t.language, t.waiting_since, t.queued_at, t.created_at, t.updated_at, t.solved_at, t.chat_ended_at,
            json_build_object('at', t.last_at, 'direction', t.last_direction, 'channel', t.last_channel,
              'preview', t.last_preview) as last_message,
            t.last_direction = 'inbound' and t.inbound_at > coalesce(
              (select read_at from ticket_read r where r.ticket_id = t.id and r.agent_id = $READER),
                '-infinity') as unread,
            t.merged_into, t.mentions, t.version,
            coalesce((select o.seq from journal j join journal_order o on o.id = j.id
              where j.ticket_id = t.id order by j.id desc limit 1), 0) as last_seq,
            '[]'::json as sla""";

    static final String FROM = """
             from ticket t join customer o on o.id = t.customer_id
               join customer c on c.id = coalesce(o.merged_into, o.id)
            left join agent a on a.id = t.assignee_id left join team tm on tm.id = t.team_id\s""";
}
