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

    /// The rows with what has to be looked up elsewhere before they can be decoded, in their envelopes. May wait for
    /// the network, together for all rows and within a few seconds.
    default List<Inbox.Raw> prepared(List<Inbox.Raw> rows) {
        return rows;
    }

    /// Whether rows of this lane may take long to prepare, so that others must not wait for them.
    default boolean preparesLong(String lane) {
        return false;
    }

    /// Bytes in, events out: pure, without database or network, the same for the same row as it was prepared.
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
