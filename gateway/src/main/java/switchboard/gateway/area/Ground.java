package switchboard.gateway.area;

import java.util.List;
import java.util.Optional;
import switchboard.channels.Channel;
import switchboard.channels.email.EmailChannel;
import switchboard.gateway.content.ContentLinks;
import switchboard.gateway.http.Guard;
import switchboard.gateway.realtime.Presence;
import switchboard.gateway.redis.Ephemeral;
import switchboard.gateway.session.Passwords;
import switchboard.knowledgebase.KnowledgeBase;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Consoles;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Tickets;

/// The parts that several areas share, each created once.
public record Ground(Site site, Stores stores, People people, Core core, Doors doors) {

    /// @param url under which browsers reach the program
    public record Site(String url, boolean demo, Signer signer, Guard guard, ContentLinks links) {}

    /// @param ephemeral for what may be lost
    public record Stores(Database database, Journal journal, Inbox inbox, Outbox outbox, Ephemeral ephemeral) {}

    public record People(Agents agents, Teams teams, Sessions sessions, Consoles consoles, Passwords passwords) {}

    public record Core(Tickets tickets, Customers customers, Timeline timeline, Routing routing,
                       Deliveries deliveries) {}

    /// @param calls present whenever there is a telephone line
    public record Doors(List<Channel> channels, EmailChannel email, Optional<Calls> calls, Presence presence,
                        KnowledgeBase help) {}
}
