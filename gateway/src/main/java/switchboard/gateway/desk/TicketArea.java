package switchboard.gateway.desk;

import static switchboard.gateway.http.Answer.nothing;
import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;

import java.time.Duration;
import java.util.List;
import switchboard.channels.Channel;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.area.Stops;
import switchboard.gateway.http.Route;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.journal.Worker;
import switchboard.ticketing.reply.Forwarding;
import switchboard.ticketing.reply.Line;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Chats;
import switchboard.ticketing.ticket.Merging;
import switchboard.ticketing.ticket.Tags;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.Tickets;

/// Tickets: lists, one ticket, what is said in it, merging and splitting.
public final class TicketArea implements Area {
    private static final Duration SNOOZE = Duration.ofSeconds(1);
    /// How often to look for silent chats.
    private static final Duration CHATS = Duration.ofSeconds(10);
    private TicketRoutes tickets;
    private Tickets all;
    private Chats chats;

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/tickets", SIGNED_IN, page(Ticket.class), c -> tickets.list(c))
                        .paged("view", "status", "assignee", "team", "channel", "customer", "tag", "q", "sort"),
                get(API + "/views", SIGNED_IN, page(Tickets.ViewCount.class), c -> tickets.views(c))
                        .whole(Tickets.ViewCount::view),
                post(API + "/tickets", SIGNED_IN, TicketRoutes.NewTicket.class, one(Ticket.class),
                        (c, b) -> tickets.create(c, b)).created(),
                get(API + "/tickets/{id}", SIGNED_IN, one(Ticket.class), c -> tickets.get(c)),
                patch(API + "/tickets/{id}", SIGNED_IN, TicketRoutes.TicketPatch.class, one(Ticket.class),
                        (c, b) -> tickets.change(c, b)),
                get(API + "/tickets/{id}/timeline", SIGNED_IN, page(TimelineItem.class), c -> tickets.timeline(c))
                        .paged("order", "before", "channel", "from", "to", "q"),
                get(API + "/tickets/{id}/lines", SIGNED_IN, page(Line.class), c -> tickets.lines(c)).whole(),
                post(API + "/tickets/{id}/replies", SIGNED_IN, Replies.Draft.class, one(Replies.Sent.class),
                        (c, b) -> tickets.reply(c, b)).created(),
                delete(API + "/tickets/{id}/replies/{messageId}", SIGNED_IN, c -> tickets.undo(c)),
                post(API + "/tickets/{id}/notes", SIGNED_IN, Replies.Note.class, one(Replies.Sent.class),
                        (c, b) -> tickets.note(c, b)).created(),
                post(API + "/tickets/{id}/forward", SIGNED_IN, Forwarding.Forward.class, one(Replies.Sent.class),
                        (c, b) -> tickets.forward(c, b)).created(),
                post(API + "/tickets/{id}/chat/end", SIGNED_IN, one(Ticket.class), c -> tickets.endChat(c)),
                post(API + "/tickets/{id}/read", SIGNED_IN, TicketRoutes.ReadUpTo.class, nothing(),
                        (c, b) -> tickets.read(c, b)),
                post(API + "/tickets/{id}/merge", SIGNED_IN, TicketRoutes.MergeInto.class, one(Ticket.class),
                        (c, b) -> tickets.merge(c, b)),
                post(API + "/tickets/{id}/unmerge", SIGNED_IN, one(Ticket.class), c -> tickets.unmerge(c)),
                post(API + "/tickets/{id}/split", SIGNED_IN, TicketRoutes.SplitOff.class, one(Ticket.class),
                        (c, b) -> tickets.split(c, b)).created(),
                post(API + "/tickets/{id}/unsplit", SIGNED_IN, one(Ticket.class), c -> tickets.unsplit(c)),
                get(API + "/tags", SIGNED_IN, page(Tags.Tag.class), c -> tickets.tags(c)).whole(),
                get(API + "/tickets/{id}/routing", SIGNED_IN, page(Routing.Explained.class),
                        c -> tickets.routing(c)).whole());
    }

    @Override
    public void open(Ground ground) {
        var database = ground.stores().database();
        var journal = ground.stores().journal();
        var outbox = ground.stores().outbox();
        var core = ground.core();
        var cards = ground.doors().channels().stream().map(Channel::card).toList();
        tickets = new TicketRoutes(core.tickets(), new Tags(database), new Merging(database, journal), core.timeline(),
                new Replies(database, journal, outbox, core.timeline(), cards),
                new Forwarding(database, journal, outbox), core.routing(), core.customers(), ground.site().links());
        all = core.tickets();
        chats = new Chats(database, journal);
    }

    @Override
    public void start(Stops stops) {
        stops.add("snooze", new Worker("snooze", SNOOZE, () -> all.wake() == Tickets.WOKEN_MAX).start()::close);
        stops.add("silent chats", new Worker("silent-chats", CHATS, () -> chats.endSilent() > 0).start()::close);
    }

    public TicketRoutes tickets() {
        return tickets;
    }
}
