package switchboard.ticketing.intake;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.UUID;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.conversation.Threading;

/// Threads messages without a database, by intake's proofs, names and rule. It treats all messages as one customer's,
/// so that the effect of the names shows alone.
public final class DryThreading {
    private static final UUID CUSTOMER = new UUID(0, 1);

    private final Lookups lookups = new Lookups();

    /// Adds the next message.
    ///
    /// @return its conversation first, then all other conversations that it also names; intake keeps these apart
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
