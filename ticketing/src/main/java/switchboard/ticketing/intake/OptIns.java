package switchboard.ticketing.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.intake.Received.Consent;
import switchboard.ticketing.intake.Received.Message;
import switchboard.ticketing.people.Consents;

/// START, YES and the like take back a STOP of the same two addresses, and nobody need answer them. Where nothing was
/// stopped they are ordinary words, above all the answer to a question of ours.
///
/// A decoder says what it heard: a `Message` with the flag `opt-in`, and right after it the `Consent`.
final class OptIns {
    static final String FLAG = "opt-in";

    private OptIns() {}

    /// Of each such pair either the message as a quiet one and the consent, or the message alone.
    static List<Received> settle(Sql tx, List<Received> events) {
        if (events.stream().noneMatch(OptIns::flagged)) return events;
        var allowed = new HashMap<List<String>, Boolean>();
        var settled = new ArrayList<Received>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event instanceof Message said && flagged(said)) {
                var consent = i + 1 < events.size() && events.get(i + 1) instanceof Consent next
                        ? Optional.of(next) : Optional.<Consent>empty();
                boolean takesBack = consent.isPresent() && !allowed(tx, allowed, consent.get());
                settled.add(takesBack ? of(said, true, said.flags()) : of(said, said.quiet(), said.flags().stream()
                        .filter(flag -> !flag.equals(FLAG)).toList()));
                if (!takesBack && consent.isPresent()) i++;
            } else {
                if (event instanceof Consent consent) allowed.put(pair(consent), consent.allowed());
                settled.add(event);
            }
        }
        return settled;
    }

    private static boolean flagged(Received event) {
        return event instanceof Message said && said.flags().contains(FLAG);
    }

    private static boolean allowed(Sql tx, Map<List<String>, Boolean> allowed, Consent consent) {
        return allowed.computeIfAbsent(pair(consent),
                _ -> Consents.allowed(tx, consent.channel(), consent.address(), consent.ourAddress()));
    }

    private static List<String> pair(Consent consent) {
        return List.of(consent.channel(), consent.address(), consent.ourAddress());
    }

    private static Message of(Message said, boolean quiet, List<String> flags) {
        return new Message(said.origin(), said.channel(), said.ourAddress(), said.at(), said.kind(), quiet,
                said.sender(), said.proofs(), said.window(), said.content(), said.files(), said.keys(), flags,
                said.team(), said.callId(), said.messageId());
    }
}
