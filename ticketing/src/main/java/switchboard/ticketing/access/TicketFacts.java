package switchboard.ticketing.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Sql;

/// What a predicate may ask about a ticket; `teamId` and `assigneeId` may be null.
public record TicketFacts(UUID id, UUID teamId, UUID assigneeId, Set<UUID> mentions, UUID customerId, String status,
                          String channel, Set<String> tags, String priority) {
    private static final String COLUMNS = """
            select t.id, t.team_id, t.assignee_id, t.mentions, coalesce(c.merged_into, t.customer_id) as customer_id,
              t.status, t.channel, t.tags, t.priority
            from ticket t join customer c on c.id = t.customer_id
            """;

    /// As they are now, by ticket id; a ticket that does not exist is missing.
    public static Map<UUID, TicketFacts> load(Sql sql, Collection<UUID> tickets) {
        var found = new HashMap<UUID, TicketFacts>();
        if (tickets.isEmpty()) return found;
        for (var facts : sql.list(TicketFacts.class, COLUMNS + "where t.id = any($1::uuid[])", tickets)) {
            found.put(facts.id(), facts);
        }
        return found;
    }
}
