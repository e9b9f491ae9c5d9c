package switchboard.channels.sms;

import java.util.Map;

/// What the carrier's codes for texts mean, in words for an agent.
final class CarrierError {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("21211", "this is no number that can be texted"),
            Map.entry("21408", "texts to this country are not enabled"),
            Map.entry("21610", "the customer has opted out of texts from this number"),
            Map.entry("21612", "no way leads to this number"),
            Map.entry("21614", "this is not a mobile number"),
            Map.entry("21617", "a text has at most 1,600 characters"),
            Map.entry("30003", "the telephone is off or cannot be reached"),
            Map.entry("30004", "the telephone blocks texts"),
            Map.entry("30005", "nobody has this number"),
            Map.entry("30006", "a landline, which takes no texts"),
            Map.entry("30007", "filtered by the carrier"),
            Map.entry("30008", "lost, for a reason that the carrier does not know"),
            Map.entry("30034", "our number is not registered for texts to this country"));

    private CarrierError() {}

    /// @return the code with its meaning; empty for no error
    static String words(String code) {
        if (code.isEmpty() || code.equals("0")) return "";
        return WORDS.containsKey(code) ? WORDS.get(code) + " (" + code + ")" : "the carrier's error " + code;
    }
}
