package switchboard.ticketing.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which ticket a message belongs to. A pure decision over what was looked up; the reason is stored with the message.
///
/// A name (Message-ID, reply token, subject number) can be copied by anybody, so it counts only for somebody who
/// already takes part; for a stranger it opens a new ticket whose reason says what was named. A subject never counts.
/// Mails that name the same mail, which never came, belong together within the same bounds (`Proof.Shared`).
public final class Threading {
    /// A reply to a ticket solved longer ago than this opens a follow-up.
    public static final Duration REOPEN_WINDOW = Duration.ofDays(30);

    private Threading() {}

    /// A ticket that a proof names, as it stands now.
    ///
    /// @param participants addresses in compare form that wrote or were written to in it
    /// @param writers those of them that wrote to us, as far as their channel vouched for them
    public record Candidate(UUID ticketId, UUID customerId, String status, Instant solvedAt,
                            Set<String> participants, Set<String> writers) {}

    /// @param ticketId empty: open a new ticket
    /// @param followUpOf the ticket it continues, when it was solved too long ago
    /// @param named a ticket that the message named but may not join
    public record Decision(Optional<UUID> ticketId, String rule, String detail, Optional<UUID> followUpOf,
                           Optional<UUID> named) {
        Decision(Optional<UUID> ticketId, String rule, String detail, Optional<UUID> followUpOf) {
            this(ticketId, rule, detail, followUpOf, Optional.empty());
        }
    }

    /// @param found the candidates of each proof, in the proofs' order, the better first
    /// @param newest the newest unsolved ticket of this customer on this line within the channel's window
    public static Decision decide(List<Proof> proofs, List<List<Candidate>> found, UUID customerId, String address,
                                  Optional<Candidate> newest, Instant now) {
        String refused = "";
        UUID named = null;
        for (int i = 0; i < proofs.size(); i++) {
            var proof = proofs.get(i);
            for (var candidate : found.get(i)) {
                if (!holds(proof, candidate, customerId, address)) {
                    if (named == null && !(proof instanceof Proof.Shared)) named = candidate.ticketId();
                    if (refused.isEmpty() || !(proof instanceof Proof.Shared)) {
                        refused = proof.rule() + " of a conversation that the sender takes no part in";
                    }
                    continue;
                }
                if (tooOld(candidate, now)) {
                    return new Decision(Optional.empty(), "follow-up", proof.rule(), Optional.of(candidate.ticketId()));
                }
                return new Decision(Optional.of(candidate.ticketId()), proof.rule(), detail(proof), Optional.empty());
            }
        }
        return newest.map(one -> new Decision(Optional.of(one.ticketId()), "same-line", "", Optional.<UUID>empty()))
                .orElse(new Decision(Optional.empty(), "new", refused, Optional.empty(), Optional.ofNullable(named)));
    }

    /// Whether the proof lets this sender join that ticket.
    public static boolean holds(Proof proof, Candidate candidate, UUID customerId, String address) {
        // A doubtful sender has no address, and so has many a message: that makes nobody take part.
        boolean takesPart = candidate.customerId().equals(customerId)
                || !address.isEmpty() && candidate.participants().contains(address);
        return switch (proof) {
            case Proof.Certain _ -> true;
            case Proof.Named named -> named.open() || takesPart;
            case Proof.Shared shared -> candidate.customerId().equals(customerId)
                    || !address.isEmpty() && candidate.writers().contains(address)
                    || takesPart && !Collections.disjoint(candidate.writers(), shared.recipients());
            case Proof.Token token -> takesPart || !address.isEmpty() && token.recipient().equals(address);
        };
    }

    private static boolean tooOld(Candidate candidate, Instant now) {
        return candidate.status().equals("solved") && candidate.solvedAt() != null
                && candidate.solvedAt().isBefore(now.minus(REOPEN_WINDOW));
    }

    private static String detail(Proof proof) {
        return switch (proof) {
            case Proof.Certain _ -> "";
            case Proof.Named named -> named.key();
            case Proof.Shared shared -> shared.key();
            case Proof.Token token -> token.recipient();
        };
    }
}
