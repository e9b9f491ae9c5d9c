package switchboard.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.gateway.content.ContentLinks;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.access.TicketFacts;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Sequenced;

/// Makes frames of journal entries: each rendered once for all viewers, with today's facts about its ticket, by which
/// every viewer's predicate then decides.
final class Frames {
    private static final Logger LOG = LoggerFactory.getLogger(Frames.class);
    /// With a message longer than this the frame goes without it, and the console asks for it: one mail must not fill
    /// what may wait for a reader.
    static final int FRAME_CHARS_MAX = 256 * 1024;
    private static final Set<String> TYPES = Set.of("ticket.created", "ticket.changed", "message.received",
            "message.sent",
            "message.status", "note.added", "call.changed", "agent.changed", "customer.changed", "article.changed");

    private final Database database;
    private final Hub.Views views;
    private final ContentLinks links;

    Frames(Database database, Hub.Views views, ContentLinks links) {
        this.database = database;
        this.views = views;
        this.links = links;
    }

    /// @param facts of the ticket, or of the customer's tickets; empty when the entry is about neither
    /// @param personal whether the frame has addresses in it that are made for each viewer
    /// @param readers agents who have read all of the ticket
    record Frame(long seq, boolean ticket, boolean everyone, List<TicketFacts> facts, ObjectNode json, String text,
                 boolean personal, Set<UUID> readers) {
        boolean visible(Caller caller) {
            if (caller.isAdmin() || everyone) return true;
            return facts.stream().anyMatch(Policy.tickets(caller)::test);
        }
    }

    /// In the order of the entries. Reads what the whole batch needs in a few statements.
    List<Frame> of(List<Sequenced> batch) {
        var tickets = ids(batch, Sequenced::ticketId);
        var facts = TicketFacts.load(database.sql(), tickets);
        var customers = customers(batch);
        var readers = readers(tickets);
        var ticketViews = views(views.tickets(), List.copyOf(tickets));
        var items = views(views.items(), batch);
        var agents = views(views.agents(), List.copyOf(ids(batch, Frames::agent)));
        var calls = views(views.calls(), List.copyOf(ids(batch, entry -> fact(entry, "callId"))));
        var frames = new ArrayList<Frame>();
        for (var entry : batch) {
            var json = Json.API.createObjectNode().put("seq", entry.seq()).put("type", type(entry));
            if (entry.ticketId() != null) json.put("ticketId", entry.ticketId().toString());
            if (entry.customerId() != null) json.put("customerId", entry.customerId().toString());
            put(json, "ticket", ticketViews, entry.ticketId());
            put(json, "item", items, entry.seq());
            put(json, "agent", agents, agent(entry));
            put(json, "call", calls, fact(entry, "callId"));
            frames.add(frame(entry, json, facts, customers, readers));
        }
        return frames;
    }

    private static Frame frame(Sequenced entry, ObjectNode json, Map<UUID, TicketFacts> facts,
                               Map<UUID, List<TicketFacts>> customers, Map<UUID, Set<UUID>> readers) {
        var seen = new ArrayList<TicketFacts>();
        boolean everyone = entry.kind().startsWith("agent.") || entry.kind().startsWith("article.");
        if (entry.ticketId() != null) {
            if (facts.containsKey(entry.ticketId())) seen.add(facts.get(entry.ticketId()));
            everyone = false;
        } else if (entry.customerId() != null) {
            seen.addAll(customers.getOrDefault(entry.customerId(), List.of()));
            everyone = seen.isEmpty();
        }
        var text = json.toString();
        if (text.length() > FRAME_CHARS_MAX && json.remove("item") != null) text = json.toString();
        return new Frame(entry.seq(), entry.ticketId() != null, everyone, seen, json, text,
                text.contains(ContentLinks.PATH), readers.getOrDefault(entry.ticketId(), Set.of()));
    }

    private static Set<UUID> ids(List<Sequenced> batch, Function<Sequenced, UUID> of) {
        return batch.stream().map(of).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static UUID agent(Sequenced entry) {
        return entry.kind().startsWith("agent.") ? fact(entry, "agent") : null;
    }

    private static UUID fact(Sequenced entry, String name) {
        var fact = entry.facts() == null ? null : entry.facts().get(name);
        try {
            return fact == null || !fact.isTextual() ? null : UUID.fromString(fact.asText());
        } catch (IllegalArgumentException otherwise) {
            return null;
        }
    }

    /// Facts of the tickets of those customers that entries without a ticket are about.
    private Map<UUID, List<TicketFacts>> customers(List<Sequenced> batch) {
        var found = new HashMap<UUID, List<TicketFacts>>();
        var customers = ids(batch.stream().filter(entry -> entry.ticketId() == null).toList(), Sequenced::customerId);
        if (customers.isEmpty()) return found;
        var ids = new HashSet<>(database.sql().column(UUID.class,
                "select id from ticket where customer_id = any($1::uuid[]) order by last_at desc limit 5000",
                customers));
        for (var facts : TicketFacts.load(database.sql(), ids).values()) {
            found.computeIfAbsent(facts.customerId(), _ -> new ArrayList<>()).add(facts);
        }
        return found;
    }

    private Map<UUID, Set<UUID>> readers(Set<UUID> tickets) {
        var readers = new HashMap<UUID, Set<UUID>>();
        if (tickets.isEmpty()) return readers;
        for (var row : database.sql().query("""
                select r.ticket_id, r.agent_id from ticket_read r join ticket t on t.id = r.ticket_id
                where r.ticket_id = any($1::uuid[]) and r.read_at >= t.inbound_at""", tickets)) {
            readers.computeIfAbsent(row.getUUID("ticket_id"), _ -> new HashSet<>()).add(row.getUUID("agent_id"));
        }
        return readers;
    }

    /// A view that cannot be made must not hold up the stream: its frame goes without, and the console asks for it.
    private static <A> Map<?, ?> views(Function<A, ? extends Map<?, ?>> of, A what) {
        try {
            return of.apply(what);
        } catch (RuntimeException failed) {
            LOG.error("A view for the stream could not be made", failed);
            return Map.of();
        }
    }

    private static void put(ObjectNode json, String name, Map<?, ?> views, Object key) {
        var view = key == null ? null : views.get(key);
        if (view != null) json.set(name, Json.API.valueToTree(view));
    }

    /// The console's word for an entry: what it does not know by name is a change of what it is about.
    static String type(Sequenced entry) {
        var kind = entry.kind();
        if (TYPES.contains(kind)) return kind;
        if (kind.equals("message.forwarded")) return "message.sent";
        if (kind.startsWith("agent.")) return "agent.changed";
        if (kind.startsWith("article.")) return "article.changed";
        if (kind.startsWith("call.")) return "call.changed";
        return entry.ticketId() != null ? "ticket.changed" : "customer.changed";
    }

    /// The frame with the viewer's own content addresses and unread mark.
    String text(Frame frame, Caller viewer) {
        boolean read = frame.readers().contains(viewer.id());
        if (!frame.personal() && !read) return frame.text();
        var own = frame.json().deepCopy();
        if (frame.personal()) sign(own, viewer.id());
        if (read && own.get("ticket") instanceof ObjectNode ticket) ticket.put("unread", false);
        return own.toString();
    }

    private void sign(JsonNode node, UUID viewer) {
        if (node instanceof ObjectNode object) {
            for (var name : List.of("contentUrl", "url", "recordingUrl")) {
                if (object.path(name).isTextual()) object.put(name, links.forViewer(object.get(name).asText(), viewer));
            }
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) node.forEach(child -> sign(child, viewer));
    }
}
