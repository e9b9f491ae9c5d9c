package switchboard.gateway.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// The most that could have been reached in the program's place: what it rests on, doing the same in the same run with
/// nothing else to do.
///
/// @param what in one short phrase
/// @param more figures that stand beside it
record Ceiling(String what, double perSecond, Map<String, ?> more) {
    /// Prints it.
    ///
    /// @param ours what the program reached, of the same events
    /// @return for the last line: `what`, `perSecond`, what stands beside it, and the `ratio` of the program to it
    Map<String, Object> beside(String name, double ours) {
        double ratio = ours / perSecond;
        System.out.printf("%-26s %.0f/s (%s) %s; the program reached %.4f of it%n", "ceiling of " + name + ":",
                perSecond, what, more, ratio);
        var out = new LinkedHashMap<String, Object>();
        out.put("what", what);
        out.put("perSecond", IngestBench.round(perSecond));
        out.putAll(more);
        out.put("ratio", Math.round(ratio * 10_000) / 10_000.0);
        return out;
    }
}
