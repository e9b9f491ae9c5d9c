package switchboard.channels.simulator;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// What each handset does by itself when it is called or texted.
final class Phones {
    private final Map<String, Handset.Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Integer> deliveryErrors = new ConcurrentHashMap<>();

    Handset.Outcome outcome(String number) {
        return outcomes.getOrDefault(number, Handset.Outcome.RING);
    }

    void outcome(String number, Handset.Outcome outcome) {
        outcomes.put(number, outcome);
    }

    OptionalInt deliveryError(String number) {
        Integer code = deliveryErrors.get(number);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /// @param code 0: texts arrive again
    void deliveryError(String number, int code) {
        if (code == 0) {
            deliveryErrors.remove(number);
        } else {
            deliveryErrors.put(number, code);
        }
    }
}
