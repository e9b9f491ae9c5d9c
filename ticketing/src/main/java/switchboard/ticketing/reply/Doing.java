package switchboard.ticketing.reply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.ticket.Tickets;

/// A macro's actions on a ticket, carried out in the transaction of the message they come with. The message records the
/// ticket's earlier state, so undoing the message undoes its actions.
final class Doing {
    private static final String STATUS = "status";

    private Doing() {}

    /// A ticket's fields that actions change, except the status, which the reply handles itself.
    record Standing(@Nullable UUID assignee, @Nullable UUID team, String priority, List<String> tags) {
        static Standing of(Sql tx, UUID ticket) {
            return tx.one(Standing.class, "select assignee_id as assignee, team_id as team, priority, tags "
                    + "from ticket where id = $1", ticket).orElseThrow();
        }
    }

    private record Did(Standing before, Standing after) {}

    /// The status that the actions set; null when they set none.
    static String status(List<Macros.Action> actions) {
        return actions.stream().filter(one -> one.kind().equals(STATUS)).map(Macros.Action::value)
                .filter(Objects::nonNull).reduce((_, last) -> last).orElse(null);
    }

    /// @param before the ticket's state before the message
    /// @param status the ticket's new status; null when the message has set it
    static void with(Sql tx, Journal journal, UUID agent, UUID ticket, UUID message, List<Macros.Action> actions,
                     Standing before, String status) {
        if (actions.isEmpty()) return;
        String team = null;
        String assignee = null;
        String priority = null;
        var tags = new LinkedHashSet<>(before.tags());
        for (var action : actions) {
            if (action.value() == null && !action.kind().equals("assign-me")) continue;
            switch (action.kind()) {
                case "assign-me" -> assignee = agent.toString();
                case "team" -> team = team(tx, action.value());
                case "priority" -> priority = action.value();
                case "tag" -> tags.add(action.value().strip());
                default -> {}
            }
        }
        Tickets.within(tx, journal, Actor.agent(agent), ticket, new Tickets.Change(status, null, assignee, team,
                priority, tags.size() == before.tags().size() ? null : List.copyOf(tags), null, null));
        tx.execute("update message set did = $2::text::jsonb where id = $1", message,
                Json.write(new Did(before, Standing.of(tx, ticket))));
    }

    private static String team(Sql tx, String named) {
        return tx.value(UUID.class, "select id from team where id::text = $1 or lower(name) = lower($1) "
                + "order by id::text = $1 desc limit 1", named).map(UUID::toString)
                .orElseThrow(() -> Failure.Invalid.field("actions", "there is no such team"));
    }

    /// Undoes the message's actions, except where someone has changed the field since.
    static void takeBack(Sql tx, Journal journal, UUID agent, UUID ticket, UUID message) {
        var kept = tx.value(String.class, "select did::text from message where id = $1 and did is not null", message);
        if (kept.isEmpty()) return;
        var did = Json.read(kept.get(), Did.class);
        var before = did.before();
        var after = did.after();
        var now = Standing.of(tx, ticket);
        Tickets.within(tx, journal, Actor.agent(agent), ticket, new Tickets.Change(null, null,
                back(before.assignee(), after.assignee(), now.assignee()),
                back(before.team(), after.team(), now.team()),
                after.priority().equals(now.priority()) ? before.priority() : null,
                tagsBack(before.tags(), after.tags(), now.tags()), null, null));
    }

    /// @return the id as a `Change` takes it: null leaves the field alone, an empty text clears it
    private static String back(UUID before, UUID after, UUID now) {
        if (Objects.equals(before, after) || !Objects.equals(after, now)) return null;
        return before == null ? "" : before.toString();
    }

    /// Keeps tags that a colleague added in the meantime.
    private static List<String> tagsBack(List<String> before, List<String> after, List<String> now) {
        return now.stream().filter(tag -> before.contains(tag) || !after.contains(tag)).toList();
    }
}
