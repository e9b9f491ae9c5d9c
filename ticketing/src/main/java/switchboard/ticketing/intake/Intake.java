package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Language;
import switchboard.ticketing.conversation.Threading;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Identification;
import switchboard.ticketing.people.Identities;
import switchboard.ticketing.people.Identities.Resolved;
import switchboard.ticketing.people.Sender;

/// The one way in: understood events become customer, thread, message, ticket and journal, in the transaction that
/// marks their inbox rows done.
///
/// A batch is right whatever it holds: a message and its reply, or two first messages of one stranger.
public final class Intake {
    private final Journal journal;

    public Intake(Journal journal) {
        this.journal = journal;
    }

    /// Where a message came to lie.
    public record Placed(UUID messageId, UUID ticketId, UUID customerId, boolean newTicket) {}

    /// @param tx open transaction; the caller commits and then calls `journal.committed()`
    /// @return one `Placed` for each `Received.Message`, in order
    public List<Placed> receive(Sql tx, List<Received> arrived) {
        var events = OptIns.settle(tx, arrived);
        var messages = events.stream().filter(Received.Message.class::isInstance).map(Received.Message.class::cast)
                .toList();
        var placed = messages.isEmpty() ? List.<Placed>of() : receiveMessages(tx, messages);
        for (var event : events) {
            switch (event) {
                case Received.Message _ -> {}
                case Received.Status status -> Reports.apply(tx, journal, status).ifPresent(notice ->
                        receiveMessages(tx, List.of(notice)));
                case Received.Consent consent -> consent(tx, consent);
                case Received.Identified known -> Identification.apply(tx, journal, known.who(), known.as(),
                        known.proven(), known.name(), known.source(), known.at());
            }
        }
        Failpoint.pass("intake.before-commit");
        return placed;
    }

    private List<Placed> receiveMessages(Sql tx, List<Received.Message> arrived) {
        var lookups = new Lookups();
        var settled = Vouching.settle(tx, arrived);
        lookups.loadNames(tx, settled);
        var copies = Copies.of(tx, settled, lookups.taken());
        var placed = copies.others().isEmpty() ? List.<Placed>of() : place(tx, copies.others(), lookups);
        return copies.placed(settled, placed);
    }

    private List<Placed> place(Sql tx, List<Received.Message> messages, Lookups lookups) {
        var languages = messages.stream().map(message -> Language.of(message.content().subject() + " "
                + message.content().visible())).toList();
        var people = Identities.resolve(tx, messages.stream().map(Received.Message::sender).toList(), languages,
                new SenderThreads(tx, messages));
        Vouching.remember(tx, messages);
        lookups.load(tx, messages, people);
        var writing = new Writing();
        var placed = new ArrayList<Placed>();
        for (int i = 0; i < messages.size(); i++) {
            placed.add(place(messages.get(i), people.get(i), languages.get(i), lookups, writing));
        }
        Failpoint.pass("intake.threaded");
        writing.write(tx, journal);
        return placed;
    }

    private static Placed place(Received.Message message, Resolved person, String language, Lookups lookups,
                                Writing writing) {
        var sender = message.sender();
        // A doubtful sender does not become a participant by naming one.
        var address = sender.trust() == Sender.Trust.DOUBTFUL ? "" : sender.address().map(Address::value).orElse("");
        var proofs = lookups.proofs(message);
        var decision = Threading.decide(proofs, lookups.found(proofs), person.customerId(), address,
                lookups.newest(person.customerId(), message), message.at());
        var ticketId = decision.ticketId().orElseGet(Ids::next);
        var messageId = message.messageId().orElseGet(Ids::next);
        boolean nameTaken = lookups.nameTaken(message);
        if (person.isNew()) writing.customerCreated(message, person);
        if (decision.ticketId().isEmpty()) {
            writing.openTicket(message, ticketId, person, language, lookups.team(message), decision);
        } else {
            writing.touchTicket(message, ticketId, lookups.status(ticketId));
        }
        writing.message(message, nameTaken, messageId, ticketId, person, decision);
        writing.mentions(lookups.mentions(message, ticketId), messageId, ticketId);
        lookups.decided(message, person.customerId(), ticketId, address);
        return new Placed(messageId, ticketId, person.customerId(), decision.ticketId().isEmpty());
    }

    /// A report that overtook the commit of what it reports on: to be tried again.
    public static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYet(String message) {
            super(message, null, false, false);
        }
    }

    private void consent(Sql tx, Received.Consent consent) {
        record Row(String channel, String address, String ourAddress, boolean allowed, String source, String text,
                   Instant at) {}
        tx.insert("consent", List.of(new Row(consent.channel(), consent.address(), consent.ourAddress(),
                consent.allowed(), consent.source(), consent.text(), consent.at())));
        var customer = tx.value(UUID.class, """
                select coalesce(c.merged_into, c.id) from identity i join customer c on c.id = i.customer_id
                where i.value = $1 and i.verified and not i.shared limit 1""", consent.address());
        journal.append(tx, Entry.of(consent.allowed() ? "consent.given" : "consent.withdrawn", Actor.SYSTEM,
                consent.at())
                .customer(customer.orElse(null)).facts(Map.of("channel", consent.channel(), "source",
                consent.source())));
    }
}
