package switchboard.channels.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;

/// What one visitor may see: what they wrote themselves, and what was addressed to them. Nothing is looked up by
/// customer or ticket, so that no merge, split or note can show somebody else's words.
final class History {
    static final int LINES_MAX = 100;
    /// A message becomes visible later than it was written (undo, a retry): a resume looks back so far.
    static final Duration RESUME_OVERLAP = Duration.ofMinutes(5);

    /// @param direction `inbound` from the visitor, `outbound` from us
    record Line(UUID id, Instant at, String direction, String author, String text) {}

    record Shown(UUID visitorId, UUID id, Instant at, String direction, String author, String text) {
        Line line() {
            return new Line(id, at, direction, author, text);
        }
    }

    /// Where the visitor's conversation stands.
    record Standing(UUID ticketId, boolean ended, String agentName) {}

    private final Database database;

    History(Database database) {
        this.database = database;
    }

    /// The newest lines, oldest first, those included that are stored but not yet understood.
    List<Line> of(UUID visitor, Instant after) {
        var since = after == null ? Instant.EPOCH : after.minus(RESUME_OVERLAP);
        var mine = database.sql().column(UUID.class, """
                select id from chat_visitor where id = $1 or claimed_by = $1""", visitor);
        var lines = new LinkedHashMap<UUID, Line>();
        // First what waits, then what is done: a row that changes sides in between is seen twice, never missed.
        for (var id : mine) waiting(id).forEach(line -> lines.put(line.id(), line));
        stored(mine, since).forEach(line -> lines.put(line.id(), line));
        return lines.values().stream().filter(line -> !line.at().isBefore(since))
                .sorted(Comparator.comparing(Line::at).thenComparing(Line::id)).toList();
    }

    private List<Line> waiting(UUID visitor) {
        var lines = new ArrayList<Line>();
        for (var row : database.sql().query("""
                select received_at, raw from inbox where lane = $1 and state = 'new' order by id limit $2""",
                "chat:" + visitor, LINES_MAX)) {
            var text = row.getBuffer("raw").toString(StandardCharsets.UTF_8);
            if (!Json.read(text, JsonNode.class).path("type").asText().equals("message")) continue;
            var said = Json.read(text, Arrivals.Said.class);
            var at = row.getOffsetDateTime("received_at").toInstant();
            lines.add(new Line(Arrivals.messageId(visitor, said.id()), at, "inbound", "", said.text()));
        }
        return lines;
    }

    private List<Line> stored(Collection<UUID> visitors, Instant since) {
        return database.sql().list(Line.class, """
                select m.id, m.at, m.direction, m.text,
                  case m.direction when 'outbound' then m.author_name else '' end as author
                from (select k.message_id from thread_key k where k.kind = 'chat' and k.key = any($1)
                      union select s.message_id from chat_shown s where s.visitor_id = any($2)) mine
                join message m on m.id = mine.message_id
                where m.channel = 'chat' and m.at >= $3
                  and (m.direction = 'inbound'
                    or m.direction = 'outbound' and m.status in ('sent', 'delivered', 'read'))
                order by m.at desc, m.id desc limit $4""",
                visitors.stream().map(UUID::toString).toList(), visitors, since, LINES_MAX);
    }

    /// Messages that have just been sent, with whom they were addressed to.
    List<Shown> shown(Collection<UUID> messages) {
        return database.sql().list(Shown.class, """
                select s.visitor_id, m.id, m.at, m.direction, m.author_name as author, m.text
                from chat_shown s join message m on m.id = s.message_id where s.message_id = any($1)
                order by m.at, m.id limit 1000""",
                messages);
    }

    /// Those of the messages, addressed to the visitor, that have not come so far.
    List<UUID> below(UUID visitor, Collection<UUID> messages, int rank) {
        return database.sql().column(UUID.class, """
                select m.id from chat_shown s join message m on m.id = s.message_id
                where s.visitor_id = $1 and m.id = any($2) and m.status_rank < $3 order by m.id limit 100""",
                visitor, messages, rank);
    }

    /// Messages addressed to the visitor, up to the named one, that count as unread.
    List<UUID> unreadUpTo(UUID visitor, UUID message) {
        return database.sql().column(UUID.class, """
                select m.id from chat_shown s join message m on m.id = s.message_id
                where s.visitor_id = $1 and m.status in ('sent', 'delivered') and m.at <= (
                  select u.at from message u join chat_shown v on v.message_id = u.id
                  where v.visitor_id = $1 and u.id = $2)
                order by m.at desc limit 100""", visitor, message);
    }

    Optional<Standing> standing(Visitor visitor) {
        return database.sql().one(Standing.class, """
                select t.id as ticket_id, t.status = 'solved' or t.chat_ended_at is not null as ended,
                  a.name as agent_name
                from thread_key k join ticket n on n.id = k.ticket_id
                  join ticket t on t.id = coalesce(n.merged_into, n.id)
                  left join agent a on a.id = t.assignee_id
                where k.kind = 'chat-conversation' and k.key = $1 limit 1""", visitor.conversation().toString());
    }

    Optional<Standing> standingOf(UUID ticket) {
        return database.sql().one(Standing.class, """
                select t.id as ticket_id, t.status = 'solved' or t.chat_ended_at is not null as ended,
                  a.name as agent_name
                from ticket t left join agent a on a.id = t.assignee_id where t.id = $1""", ticket);
    }

    /// Who chats on a ticket: whoever wrote last, as the signed visitor if they have become one.
    Optional<UUID> visitorOf(UUID ticket) {
        return database.sql().value(UUID.class, """
                select coalesce(v.claimed_by, v.id)
                from thread_key k join message m on m.id = k.message_id join chat_visitor v on v.id = k.key::uuid
                where k.kind = 'chat' and k.ticket_id in (select id from ticket where id = $1 or merged_into = $1)
                order by m.at desc limit 1""", ticket);
    }

    void show(UUID visitor, UUID message) {
        database.sql().execute("insert into chat_shown values ($1, $2) on conflict do nothing", visitor, message);
    }

    boolean anybodyAvailable(UUID team) {
        return database.sql().exists("""
                select 1 from agent a where a.active and a.status = 'available'
                  and ($1::uuid is null
                    or exists (select 1 from team_member m where m.agent_id = a.id and m.team_id = $1))""", team);
    }
}
