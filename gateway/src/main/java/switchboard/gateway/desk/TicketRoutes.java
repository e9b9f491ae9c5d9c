package switchboard.gateway.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.gateway.content.ContentLinks;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineCursor;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Forwarding;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Merging;
import switchboard.ticketing.ticket.Tags;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.TicketQuery;
import switchboard.ticketing.ticket.Tickets;

/// The API's calls about tickets: each finds out who asks and what they may see, and hands on.
public final class TicketRoutes {
    private final Tickets tickets;
    private final Merging merging;
    private final Timeline timeline;
    private final Replies replies;
    private final Forwarding forwarding;
    private final Routing routing;
    private final Customers customers;
    private final ContentLinks links;
    private final Tags tags;

    public TicketRoutes(Tickets tickets, Tags tags, Merging merging, Timeline timeline, Replies replies,
                        Forwarding forwarding, Routing routing, Customers customers, ContentLinks links) {
        this.tickets = tickets;
        this.tags = tags;
        this.merging = merging;
        this.timeline = timeline;
        this.replies = replies;
        this.forwarding = forwarding;
        this.routing = routing;
        this.customers = customers;
        this.links = links;
    }

    /// Opens a ticket from our end. Either `customerId` or `customer`; the fields of a reply are those of the first
    /// message.
    public record NewTicket(UUID customerId, Customers.NewCustomer customer, String channel,
                            String subject, String text, String html, List<String> to, List<String> cc,
                            List<String> bcc, String from, String priority, List<String> tags, String assignee,
                            String team, List<UUID> attachmentIds, Integer undoSeconds, String thenStatus) {}

    public record MergeInto(UUID into) {}

    public record SplitOff(List<UUID> messageIds, String subject) {}

    public record ReadUpTo(Long seq) {}

    static Where visible(Caller caller) {
        return Policy.visible(caller);
    }

    private static Actor actor(Call call) {
        return Actor.agent(call.caller().id());
    }

    public Object list(Call call) {
        var query = new TicketQuery(call.queryOr("view", null), call.queryOr("status", null),
                call.queryOr("assignee", null), call.queryOr("team", null), call.queryOr("channel", null),
                call.queryOr("customer", null),
                call.queryOr("tag", null), call.queryOr("q", null), call.queryOr("sort", null), call.after(),
                call.limit());
        return tickets.list(visible(call.caller()), call.caller().id(), query);
    }

    public Object views(Call call) {
        return new Page<>(counts(call.caller()), null);
    }

    public List<Tickets.ViewCount> counts(Caller caller) {
        return tickets.counts(visible(caller), caller.id());
    }

    public Object get(Call call) {
        return tickets.get(visible(call.caller()), call.caller().id(), call.id());
    }

    public Object create(Call call, NewTicket wanted) {
        if ((wanted.customerId() == null) == (wanted.customer() == null)) {
            throw Failure.Invalid.field("customerId", "give either customerId or customer");
        }
        if (wanted.channel() == null) throw Failure.Invalid.field("channel", "is missing");
        var seen = Policy.customers(call.caller());
        var customer = wanted.customerId() == null ? null : customers.standing(seen, wanted.customerId());
        var newcomer = wanted.customer() == null ? null : new Replies.Newcomer(wanted.customer().typed(), seen);
        var draft = new Replies.Draft(wanted.text(), wanted.html(), wanted.channel(), wanted.to(),
                wanted.cc(), wanted.bcc(), wanted.attachmentIds(), null, wanted.thenStatus(), wanted.undoSeconds());
        var id = replies.open(call.caller().id(), new Replies.Opening(customer, wanted.channel(), wanted.subject(),
                wanted.from(), wanted.to(), wanted.priority(), wanted.tags(), wanted.assignee(), wanted.team(), draft),
                newcomer, call.maybeIdempotencyKey().orElse(null));
        return tickets.get(Where.ALL, call.caller().id(), id);
    }

    /// What is left out stays; `assignee` and `team` set to null are taken away.
    public record TicketPatch(@OneOf({"open", "pending", "snoozed", "solved"}) String status, Instant snoozedUntil,
                              JsonNode assignee, JsonNode team,
                              @OneOf({"low", "normal", "high", "urgent"}) String priority,
                              List<String> tags, String subject, Integer version) {
        private Tickets.Change change() {
            return new Tickets.Change(status, snoozedUntil, text(assignee), text(team), priority, tags, subject,
                    version);
        }

        private static String text(JsonNode given) {
            return given == null ? null : given.isNull() ? "" : given.asText();
        }
    }

    public Object change(Call call, TicketPatch patch) {
        return tickets.change(visible(call.caller()), call.caller().id(), actor(call), call.id(), patch.change());
    }

    public Object timeline(Call call) {
        tickets.get(visible(call.caller()), call.caller().id(), call.id());
        return addressed(timeline.ofTicket(call.id(), query(call)), call.caller());
    }

    Page<TimelineItem> addressed(Page<TimelineItem> page, Caller caller) {
        return new Page<>(page.items().stream()
                .map(item -> item.addressed(url -> links.forViewer(url, caller.id()))).toList(), page.next());
    }

    static Timeline.Query query(Call call) {
        var order = call.queryOr("order", "asc");
        if (!order.equals("asc") && !order.equals("desc")) throw Failure.Invalid.field("order", "must be asc or desc");
        var after = TimelineCursor.parse("after", call.after());
        return new Timeline.Query(order.equals("desc"), after.after(), before(call, after.before()),
                call.queryOr("channel", null), time(call, "from"), time(call, "to"), call.queryOr("q", null),
                call.limit());
    }

    /// The lower of the two ends: where a page ended, and where the reader wanted to begin.
    private static Long before(Call call, Long reached) {
        var wanted = call.number("before").orElse(null);
        return wanted == null || reached != null && reached < wanted ? reached : wanted;
    }

    private static Instant time(Call call, String name) {
        try {
            return call.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException wrong) {
            throw Failure.Invalid.field(name, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /// Where an answer goes by each channel when it names nobody.
    public Object lines(Call call) {
        return new Page<>(replies.lines(visible(call.caller()), call.id()), null);
    }

    public Object reply(Call call, Replies.Draft draft) {
        return replies.send(visible(call.caller()), call.caller().id(), call.id(), draft,
                call.maybeIdempotencyKey().orElse(null));
    }

    public Object undo(Call call) {
        replies.undo(visible(call.caller()), call.caller().id(), call.id(), call.id("messageId"));
        return null;
    }

    public Object note(Call call, Replies.Note note) {
        return replies.note(visible(call.caller()), call.caller().id(), call.id(), note);
    }

    public Object forward(Call call, Forwarding.Forward wanted) {
        return forwarding.forward(visible(call.caller()), call.caller().id(), call.id(), wanted,
                call.maybeIdempotencyKey().orElse(null));
    }

    public Object endChat(Call call) {
        return tickets.endChat(visible(call.caller()), call.caller().id(), actor(call), call.id());
    }

    public Object read(Call call, ReadUpTo upTo) {
        tickets.get(visible(call.caller()), call.caller().id(), call.id());
        tickets.markRead(call.caller().id(), call.id(), upTo.seq());
        return null;
    }

    public Object merge(Call call, MergeInto wanted) {
        if (wanted.into() == null) throw Failure.Invalid.field("into", "is missing");
        return merging.merge(visible(call.caller()), call.caller().id(), actor(call), call.id(), wanted.into());
    }

    public Object unmerge(Call call) {
        return merging.unmerge(visible(call.caller()), call.caller().id(), actor(call), call.id());
    }

    public Object split(Call call, SplitOff wanted) {
        return merging.split(visible(call.caller()), call.caller().id(), actor(call), call.id(), wanted.messageIds(),
                wanted.subject());
    }

    public Object unsplit(Call call) {
        return merging.unsplit(visible(call.caller()), call.caller().id(), actor(call), call.id());
    }

    public Object tags(Call call) {
        return new Page<>(tags.inUse(visible(call.caller())), null);
    }

    public Object routing(Call call) {
        tickets.get(visible(call.caller()), call.caller().id(), call.id());
        return new Page<>(routing.explain(call.id()), null);
    }

    /// For the live stream.
    public Map<UUID, Ticket> byIds(List<UUID> ids) {
        return tickets.all(ids).stream().collect(java.util.stream.Collectors.toMap(Ticket::id, ticket -> ticket));
    }
}
