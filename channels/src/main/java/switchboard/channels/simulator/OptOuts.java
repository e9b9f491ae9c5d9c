package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who has told which number to stop. The keyword must be the whole message, in any case, as carriers do it by default.
final class OptOuts {
    private static final Set<String> STOP =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
    private static final Set<String> START = Set.of("START", "YES", "UNSTOP");
    private static final Set<String> HELP = Set.of("HELP", "INFO");

    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private final StateFile file;

    OptOuts(StateFile file) {
        this.file = file;
        file.remembered("opt-out").forEach(kept -> blocked.add(kept.getString("pair")));
    }

    boolean blocked(String company, String handset) {
        return blocked.contains(company + " " + handset);
    }

    /// Applies a message's keyword, if it is one.
    ///
    /// @return what the carrier answers by itself
    Optional<String> apply(String company, String handset, String body) {
        String word = body.strip().toUpperCase(Locale.ROOT);
        String pair = company + " " + handset;
        if (STOP.contains(word)) {
            blocked.add(pair);
            file.remember("opt-out", pair, new JsonObject().put("pair", pair));
            return Optional.of("You will get no more messages from this number. Reply START to get them again.");
        }
        if (START.contains(word)) {
            boolean was = blocked.remove(pair);
            file.remember("opt-out", pair, null);
            return was ? Optional.of("You will get messages from this number again. Reply STOP to end them.")
                    : Optional.empty();
        }
        return HELP.contains(word)
                ? Optional.of("Reply STOP to get no more messages. Message and data rates may apply.")
                : Optional.empty();
    }
}
