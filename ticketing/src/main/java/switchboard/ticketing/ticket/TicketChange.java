package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.ArrayList;
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

/// One change of a ticket by a person or a rule: what each field becomes, and one journal entry for each that did.
final class TicketChange {
    static final Set<String> STATUSES = Set.of("open", "pending", "snoozed", "solved");
    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");
    private static final int TAGS_MAX = 30;
    private static final int TAG_CHARS_MAX = 40;
    private static final int SUBJECT_CHARS_MAX = 250;

    private final Ticket before;
    private final Actor actor;
    private final List<Entry> entries = new ArrayList<>();

    private TicketChange(Ticket before, Actor actor) {
        this.before = before;
        this.actor = actor;
    }

    /// @throws Failure.Invalid for words that do not exist and states that cannot be
    static void apply(Sql tx, Journal journal, Actor actor, Ticket before, Tickets.Change change) {
        var applied = new TicketChange(before, actor);
        if (change.status() != null) applied.status(tx, change.status(), change.snoozedUntil());
        if (change.team() != null) applied.team(tx, change.team(), change.assignee() == null);
        if (change.assignee() != null) applied.assignee(tx, change.assignee());
        if (change.priority() != null) applied.priority(tx, change.priority());
        if (change.tags() != null) applied.tags(tx, change.tags());
        if (change.subject() != null) applied.subject(tx, change.subject());
        if (applied.entries.isEmpty()) return;
        tx.execute("update ticket set version = version + 1, updated_at = now() where id = $1", before.id());
        journal.append(tx, applied.entries);
    }

    private void status(Sql tx, String to, Instant until) {
        if (!STATUSES.contains(to)) throw Failure.Invalid.field("status", "there is no status " + to);
        if (to.equals("snoozed") && (until == null || until.isBefore(Instant.now()))) {
            throw Failure.Invalid.field("snoozedUntil", "must be a time to come");
        }
        if (to.equals(before.status()) && !to.equals("snoozed")) return;
        tx.execute("""
                update ticket set status = $2, snoozed_until = $3, solved_at = case when $2 = 'solved' then now() end,
                  waiting_since = case when $2 in ('solved', 'pending') then null else waiting_since end,
                  queued_at = case when $2 <> 'open' then null
                    when assignee_id is null then coalesce(queued_at, now()) else queued_at end
                where id = $1""", before.id(), to, to.equals("snoozed") ? until : null);
        changed("status", before.status(), to);
        if (before.assignee() != null && !to.equals("open")) handled(tx, before.assignee().id());
    }

    private static void handled(Sql tx, UUID agent) {
        tx.execute("update agent set idle_since = now() where id = $1", agent);
    }

    private void assignee(Sql tx, String to) {
        var id = to.isEmpty() ? null : Ids.parse(to, "The agent");
        if (id != null && !active(tx, id)) {
            throw new Failure.NotFound("The agent");
        }
        var from = before.assignee() == null ? null : before.assignee().id();
        if (java.util.Objects.equals(from, id)) return;
        tx.execute("""
                update ticket set assignee_id = $2::uuid,
                  queued_at = case when $2::uuid is null and status = 'open' then coalesce(queued_at, now()) end
                    where id = $1""",
                before.id(), id);
        changed("assignee", from, id);
        if (from != null) handled(tx, from);
        entries.add(entry(id == null ? "ticket.unassigned" : "ticket.assigned")
                .facts(id == null ? Map.of("from", from, "by", "hand") : Map.of("agent", id, "by", "hand")));
    }

    /// Locked, so that nobody is given a ticket while being deactivated.
    private static boolean active(Sql tx, UUID agent) {
        return tx.query("select 1 from agent where id = $1 and active for share", agent).rowCount() > 0;
    }

    /// @param ownerLeaves an owner outside the new team loses the ticket, unless the change names the owner too
    private void team(Sql tx, String to, boolean ownerLeaves) {
        var id = to.isEmpty() ? null : Ids.parse(to, "The team");
        if (id != null && !tx.exists("select 1 from team where id = $1", id)) throw new Failure.NotFound("The team");
        var from = before.team() == null ? null : before.team().id();
        if (java.util.Objects.equals(from, id)) return;
        tx.execute("update ticket set team_id = $2 where id = $1", before.id(), id);
        changed("team", from, id);
        if (ownerLeaves && id != null && before.assignee() != null) leaveTeam(tx, id, before.assignee().id());
    }

    private void leaveTeam(Sql tx, UUID team, UUID owner) {
        // An agent who is on a call with the customer keeps the ticket until the call ends.
        if (tx.exists("""
                select 1 from team_member where team_id = $1 and agent_id = $2
                union all select 1 from call where ticket_id = $3 and agent_id = $2
                  and state in ('ringing-agent', 'active', 'held', 'wrapup')""", team, owner, before.id())) return;
        tx.execute("""
                update ticket set assignee_id = null, preferred_agent_id = null,
                  queued_at = case when status = 'open' then coalesce(queued_at, waiting_since, now()) end
                where id = $1""", before.id());
        changed("assignee", owner, null);
        handled(tx, owner);
        entries.add(entry("ticket.unassigned").facts(Map.of("from", owner, "by", "team")));
    }

    private void priority(Sql tx, String to) {
        if (!PRIORITIES.contains(to)) throw Failure.Invalid.field("priority", "there is no priority " + to);
        if (to.equals(before.priority())) return;
        tx.execute("update ticket set priority = $2 where id = $1", before.id(), to);
        changed("priority", before.priority(), to);
    }

    private void tags(Sql tx, List<String> to) {
        var tags = to.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().toList();
        if (tags.size() > TAGS_MAX) throw Failure.Invalid.field("tags", "more than " + TAGS_MAX);
        if (tags.stream().anyMatch(tag -> tag.length() > TAG_CHARS_MAX)) {
            throw Failure.Invalid.field("tags", "a tag has more than " + TAG_CHARS_MAX + " characters");
        }
        if (tags.equals(before.tags())) return;
        tx.execute("update ticket set tags = $2 where id = $1", before.id(), tags);
        entries.add(entry("ticket.changed").facts(Map.of("field", "tags", "added",
                tags.stream().filter(tag -> !before.tags().contains(tag)).count(), "removed",
                before.tags().stream().filter(tag -> !tags.contains(tag)).count())));
    }

    private void subject(Sql tx, String to) {
        var subject = Label.checked("subject", to, SUBJECT_CHARS_MAX);
        if (subject.equals(before.subject())) return;
        tx.execute("update ticket set subject = $2 where id = $1", before.id(), subject);
        entries.add(entry("ticket.changed").facts(Map.of("field", "subject")));
    }

    private void changed(String field, Object from, Object to) {
        entries.add(entry("ticket.changed").facts(Map.of("field", field, "from", from == null ? "" : from,
                "to", to == null ? "" : to)));
    }

    private Entry entry(String kind) {
        return Entry.of(kind, actor, Instant.now()).ticket(before.id()).customer(before.customerId());
    }
}
