package switchboard.ticketing.reply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// A ticket that starts at our end.
final class Openings {
    private static final int SUBJECT_CHARS_MAX = 250;
    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");

    private Openings() {}

    private record NewTicket(UUID id, String subject, String status, String channel, String ourAddress, UUID customerId,
                             UUID teamId, UUID assigneeId, List<String> tags, List<String> skills, String language,
                             Instant createdAt, Instant updatedAt, Instant lastAt, String lastDirection,
                             String lastChannel, String lastPreview, List<UUID> mentions, String priority,
                             int version) {}

    static UUID create(Sql tx, Journal journal, UUID agent, Replies.Opening opening) {
        if (opening.channel() == null || opening.channel().isBlank()) {
            throw Failure.Invalid.field("channel", "is missing");
        }
        var subject = Label.checked("subject", opening.subject(), SUBJECT_CHARS_MAX);
        var language = tx.value(String.class, "select language from customer where id = $1 and merged_into is null",
                opening.customerId()).orElseThrow(() -> new Failure.NotFound("The customer"));
        if (opening.priority() != null && !PRIORITIES.contains(opening.priority())) {
            throw Failure.Invalid.field("priority", "there is no priority " + opening.priority());
        }
        var assignee = opening.assignee() == null ? agent : Ids.parse(opening.assignee(), "The agent");
        if (!tx.exists("select 1 from agent where id = $1 and active", assignee)) {
            throw new Failure.NotFound("The agent");
        }
        var team = opening.team() == null ? null : Ids.parse(opening.team(), "The team");
        if (team != null && !tx.exists("select 1 from team where id = $1", team)) {
            throw new Failure.NotFound("The team");
        }
        var now = Instant.now();
        var channel = opening.channel().equals("note") ? "form" : opening.channel();
        var from = opening.from() == null ? Thread.firstLine(tx, opening.channel()) : opening.from();
        var id = Ids.next();
        tx.insert("ticket", List.of(new NewTicket(id, subject, "open", channel, from, opening.customerId(),
                team, assignee, Replies.orEmpty(opening.tags()), List.of(), language, now, now, now, "outbound",
                channel, "", List.of(), opening.priority() == null ? "normal" : opening.priority(), 1)));
        journal.append(tx, List.of(entry("ticket.created", agent, id, opening).facts(Map.of("channel", channel)),
                entry("ticket.assigned", agent, id, opening).facts(Map.of("agent", assignee, "by", "hand"))));
        return id;
    }

    private static Entry entry(String kind, UUID agent, UUID ticket, Replies.Opening opening) {
        return Entry.of(kind, Actor.agent(agent), Instant.now()).ticket(ticket).customer(opening.customerId());
    }
}
