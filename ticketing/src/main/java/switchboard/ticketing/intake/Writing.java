package switchboard.ticketing.intake;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.AttachmentRow;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.conversation.MessageRow;
import switchboard.ticketing.conversation.Preview;
import switchboard.ticketing.conversation.Threading;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Identities.Resolved;

/// Gathers what a batch decided and writes it with one statement a table.
final class Writing {
    private static final int SUBJECT_CHARS_MAX = 250;

    /// What else a ticket has is its table's default.
    private record NewTicket(UUID id, String subject, String status, String channel, String ourAddress, UUID customerId,
                             UUID teamId, List<String> skills, String language, Instant waitingSince, Instant queuedAt,
                             Instant createdAt, Instant updatedAt, Instant lastAt, String lastChannel,
                             String lastPreview) {}

    /// @param was the ticket's status under its lock
    private record Touch(UUID id, Instant at, Instant waitingFrom, String channel, String preview, boolean quiet,
                         String was) {}

    /// A message may give one name twice; it is compared as the database keeps it.
    private record KeyRow(String kind, String key, UUID messageId, UUID ticketId) {
        KeyRow {
            key = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
        }
    }

    private final Instant now = Instant.now();
    private final List<NewTicket> tickets = new ArrayList<>();
    private final Map<UUID, Touch> touches = new LinkedHashMap<>();
    private final List<MessageRow> messages = new ArrayList<>();
    private final List<AttachmentRow> attachments = new ArrayList<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private final Set<KeyRow> keys = new LinkedHashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    void customerCreated(Received.Message message, Resolved person) {
        entries.add(Entry.of("customer.created", Actor.SYSTEM, message.at()).customer(person.customerId())
                .facts(Map.of("reason", person.reason(), "channel", message.channel())));
    }

    void openTicket(Received.Message message, UUID id, Resolved person, String language, UUID team,
                    Threading.Decision why) {
        var content = message.content();
        var subject = content.subject().isBlank() ? preview(message) : content.subject().strip();
        var skills = language.equals("en") ? List.<String>of() : List.of("language:" + language);
        tickets.add(new NewTicket(id, subject(subject.isBlank() ? "(" + message.channel() + ")" : subject),
                message.quiet() ? "pending" : "open", message.channel(), message.ourAddress(),
                person.customerId(), team, skills, language, message.quiet() ? null : message.at(),
                message.quiet() ? null : now, now, now, message.at(), message.channel(), preview(message)));
        entries.add(Entry.of("ticket.created", Actor.customer(person.customerId()), message.at()).ticket(id)
                .customer(person.customerId()).facts(why.followUpOf().<Map<String, Object>>map(before ->
                        Map.of("channel", message.channel(), "followUpOf", before))
                                .orElse(Map.of("channel", message.channel()))));
    }

    /// @param was its status before this message
    void touchTicket(Received.Message message, UUID id, String was) {
        var waitingFrom = message.quiet() ? null : message.at();
        touches.merge(id, new Touch(id, message.at(), waitingFrom, message.channel(),
                preview(message), message.quiet(), was), Writing::merge);
    }

    private static Touch merge(Touch before, Touch next) {
        var waiting = before.waitingFrom() == null ? next.waitingFrom() : before.waitingFrom();
        return new Touch(next.id(), next.at(), waiting, next.channel(), next.preview(), before.quiet() && next.quiet(),
                before.was());
    }

    void message(Received.Message message, boolean nameTaken, UUID id, UUID ticketId, Resolved person,
                 Threading.Decision why) {
        var content = message.content();
        var sender = message.sender().address().map(address -> address.value()).orElse("");
        messages.add(new MessageRow(id, ticketId, person.customerId(), message.channel(), "inbound", message.kind(),
                message.at(), "customer", person.customerId(), message.sender().name().isBlank() ? person.name()
                : message.sender().name(), subject(content.subject()), sender, content.to(),
                content.cc(), List.of(), content.text(), content.visible(), content.folded(), content.signature(),
                content.html(), "received", 0, "", null, content.rfcId(), why.rule(), why.detail(),
                flags(message, nameTaken), message.callId().orElse(null), message.origin().inboxId() == 0 ? null
                : message.origin().inboxId(), message.origin().inboxAt(), content.replyTo(),
                content.sentAt(), content.ours(), message.sender().auth(), why.named().orElse(null),
                content.appointment(), content.visit()));
        for (var key : message.keys()) keys.add(new KeyRow(key.kind(), key.key(), id, ticketId));
        int position = 0;
        for (var file : message.files()) {
            blobs.add(file.bytes());
            attachments.add(new AttachmentRow(Ids.next(), id, position++, file.name(), file.type(), file.bytes().length,
                    file.contentId(), file.inline(), ""));
        }
        entries.add(Entry.of("message.received", Actor.customer(person.customerId()), message.at()).ticket(ticketId)
                .customer(person.customerId()).message(id)
                .facts(Map.of("channel", message.channel(), "kind", message.kind(),
                        "quiet", message.quiet(), "rule", why.rule())));
    }

    void mentions(List<Received.Key> named, UUID id, UUID ticketId) {
        for (var key : named) keys.add(new KeyRow(key.kind(), key.key(), id, ticketId));
    }

    private static List<String> flags(Received.Message message, boolean nameTaken) {
        if (!nameTaken) return message.flags();
        return java.util.stream.Stream.concat(message.flags().stream(), java.util.stream.Stream.of("duplicate-id"))
                .toList();
    }

    void write(Sql tx, Journal journal) {
        tx.insert("ticket", tickets);
        touch(tx);
        tx.insert("message", messages);
        tx.insert("thread_key", keys);
        if (!attachments.isEmpty()) writeAttachments(tx);
        journal.append(tx, entries);
    }

    private void touch(Sql tx) {
        if (touches.isEmpty()) return;
        for (var row : tx.query("""
                with absent as (
                  select t.id, a.id as agent from ticket t join agent a on a.id = t.assignee_id and\s"""
                + RoutingRules.ABSENT + """
                  where t.id = any($1::uuid[]))
                update ticket t set
                  status = case when r.quiet then t.status else 'open' end,
                  snoozed_until = case when r.quiet then t.snoozed_until end,
                  solved_at = case when r.quiet then t.solved_at end,
                  waiting_since = coalesce(t.waiting_since, r.waiting_from),
                  assignee_id = case when r.quiet or a.agent is null then t.assignee_id end,
                  preferred_agent_id = case when r.quiet or a.agent is null then t.preferred_agent_id else a.agent end,
                  preferred_until = case when r.quiet or a.agent is null then t.preferred_until else UNTIL end,
                  queued_at = case when r.quiet or t.assignee_id is not null and a.agent is null then t.queued_at
                    else coalesce(t.queued_at, now()) end,
                  last_at = greatest(t.last_at, r.at), last_direction = 'inbound', last_channel = r.channel,
                  last_preview = r.preview, updated_at = now(), version = t.version + 1,
                  inbound_at = greatest(clock_timestamp(), t.inbound_at + interval '1 microsecond')
                from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[],
                  $7::text[]) as r(id, at, waiting_from, channel, preview, quiet, was) left join absent a on a.id = r.id
                where t.id = r.id returning t.id, t.customer_id, r.was, t.status,
                  case when not r.quiet then a.agent end as let_go"""
                .replace("UNTIL", RoutingRules.PREFERRED_UNTIL), Sql.columns(touches.values()))) {
            touched(row);
        }
    }

    private void touched(Row row) {
        var was = row.getString("was");
        if (!was.equals(row.getString("status"))) {
            changed("ticket.changed", row, Map.of("field", "status", "from", was, "to", row.getString("status"),
                    "reason", "customer-reply"));
        }
        var owner = row.getUUID("let_go");
        if (owner != null) changed("ticket.unassigned", row, Map.of("from", owner, "by", "absent"));
    }

    private void changed(String kind, Row row, Map<String, Object> facts) {
        entries.add(Entry.of(kind, Actor.SYSTEM, Instant.now()).ticket(row.getUUID("id"))
                .customer(row.getUUID("customer_id")).facts(facts));
    }

    private void writeAttachments(Sql tx) {
        var names = Blobs.store(tx, blobs);
        var named = new ArrayList<AttachmentRow>();
        for (int i = 0; i < attachments.size(); i++) {
            var row = attachments.get(i);
            named.add(new AttachmentRow(row.id(), row.messageId(), row.position(), row.name(), row.type(),
                    row.sizeBytes(), row.contentId(), row.inline(), names.get(i)));
        }
        tx.insert("attachment", named);
    }

    private static String preview(Received.Message message) {
        return Preview.of(message.content().visible(), message.files().stream().map(Received.File::name).toList());
    }

    private static String subject(String given) {
        return Preview.cut(Preview.straight(given), SUBJECT_CHARS_MAX);
    }
}
