package switchboard.channels;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Card;

/// One way that customers and the company reach each other. A channel owns its doors, its decoder and its deliverer;
/// nothing outside its package knows which channel it is dealing with.
///
/// To add one: implement this in `channels/<name>/` and add it to the list in `Channels`.
public interface Channel {
    /// The word in the API and the journal: email, sms, chat, phone, form.
    String name();

    /// Capacity units that one open conversation takes of an agent's (usually 100).
    int cost();

    /// How what came in by it is answered. One that only takes in names the channel that answers for it.
    Card card();

    /// Values of `Arrival.door` that this channel decodes.
    Set<String> doors();

    /// Adds to the envelopes what must be looked up elsewhere before decoding. May wait for the network: once for all
    /// rows, for a few seconds at most.
    default List<Inbox.Raw> prepared(List<Inbox.Raw> rows) {
        return rows;
    }

    /// Whether preparing this lane's rows may take so long that other lanes must not wait for it.
    default boolean preparesLong(String lane) {
        return false;
    }

    /// Turns bytes into events. Pure: no database, no network, and the same prepared row always gives the same events.
    ///
    /// @throws Undecodable when the row can never be understood; any other exception is tried again
    List<Received> decode(Inbox.Raw row);

    /// Values of `Effect.channel` that this channel delivers.
    default Set<String> effects() {
        return Set.of(name());
    }

    /// Delivers one effect; blocking, on a virtual thread, without any lock or transaction. When `row.uncertain()`
    /// the provider is asked first where it can be asked.
    Delivery deliver(Outbox.Leased row);

    /// Adds the channel's web doors; handlers verify first and answer only after the commit.
    default void mount(Router router) {}

    /// Opens sockets and starts pollers.
    default void start() {}

    /// Refuses new work, finishes what is under way.
    default void stop() {}

    /// A row that no repetition will make readable; it is quarantined at once, with this text for the person who looks.
    final class Undecodable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Undecodable(String reason) {
            super(reason, null, false, false);
        }
    }
}
