package switchboard.ticketing.intake;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.UUID;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.conversation.Threading;

/// Joins messages that are in no database by the proofs, names and rule that intake goes by. All count as written by
/// one customer: who may join a conversation is left open, so that what a name proves is seen alone.
public final class DryThreading {
    private static final UUID CUSTOMER = new UUID(0, 1);

    private final Lookups lookups = new Lookups();

    /// Takes the next message in.
    ///
    /// @return the conversation it comes to lie in, and after it all others that it belongs to as well; intake leaves
    /// these apart
    public SequencedSet<UUID> receive(Received.Message message) {
        var proofs = lookups.proofs(message);
        var found = lookups.found(proofs);
        var decision = Threading.decide(proofs, found, CUSTOMER, "", lookups.newest(CUSTOMER, message), message.at());
        var joined = new LinkedHashSet<UUID>();
        joined.add(decision.ticketId().orElseGet(Ids::next));
        for (int i = 0; i < proofs.size(); i++) {
            for (var candidate : found.get(i)) {
                if (Threading.holds(proofs.get(i), candidate, CUSTOMER, "")) joined.add(candidate.ticketId());
            }
        }
        lookups.decided(message, CUSTOMER, joined.getFirst(), "");
        return joined;
    }
}
