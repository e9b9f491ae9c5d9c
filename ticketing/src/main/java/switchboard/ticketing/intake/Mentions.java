package switchboard.ticketing.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import switchboard.ticketing.conversation.Proof;

/// Names that messages give without bearing them: a mail answers one that never came, or has not come yet. They are
/// kept as thread keys of a kind of their own, so that a later mail which names the same one, or is it, is known.
final class Mentions {
    /// Appended to the kind of a name: the row says who named it, not who bears it.
    private static final String NAMED = "-named";

    private Mentions() {}

    /// What the arrival shows, and after it what is shown by the names that it shares with earlier ones.
    static List<Proof> proofs(Received.Message message) {
        var named = new LinkedHashMap<String, Proof>();
        var recipients = recipients(message);
        for (var proof : message.proofs()) {
            if (proof instanceof Proof.Named name && !name.open()) {
                put(named, new Proof.Shared(kind(name.kind()), name.key(), "answers-the-same", recipients));
            }
        }
        for (var own : message.keys()) {
            if (own.unique()) put(named, new Proof.Shared(kind(own.kind()), own.key(), "answered-before", recipients));
        }
        var proofs = new ArrayList<>(message.proofs());
        proofs.addAll(named.values());
        return proofs;
    }

    /// What the message names, as keys to be kept.
    static List<Received.Key> of(Received.Message message) {
        return message.proofs().stream().filter(Proof.Named.class::isInstance).map(Proof.Named.class::cast)
                .filter(name -> !name.open()).map(name -> new Received.Key(kind(name.kind()), name.key(), false))
                .distinct().toList();
    }

    static Set<String> recipients(Received.Message message) {
        var recipients = new HashSet<>(message.content().to());
        recipients.addAll(message.content().cc());
        return recipients;
    }

    /// The name of the one that bears it.
    static String borne(Received.Key mention) {
        return mention.kind().substring(0, mention.kind().length() - NAMED.length()) + ":" + mention.key();
    }

    private static String kind(String kind) {
        return kind + NAMED;
    }

    private static void put(LinkedHashMap<String, Proof> named, Proof.Shared proof) {
        named.putIfAbsent(proof.kind() + ":" + proof.key(), proof);
    }
}
