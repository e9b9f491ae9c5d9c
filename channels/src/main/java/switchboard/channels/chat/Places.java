package switchboard.channels.chat;

import java.util.HashMap;
import java.util.Map;

/// How many sockets may be open or opening: in all, and from one address of the network.
final class Places {
    /// Each takes a thread, and at most `Door.CHARS_WAITING_MAX` that it said and `Wire.WAITING_CHARS_MAX` that it has
    /// not read.
    static final int SOCKETS_MAX = 10_000;
    /// Windows open at once for each conversation that one address may begin in an hour.
    static final int PER_CONVERSATION = 20;

    enum Verdict { TAKEN, TOO_MANY, FULL }

    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    /// What was `TAKEN` is given back by `leave`, once.
    synchronized Verdict take(String ip, int max) {
        if (byAddress.getOrDefault(ip, 0) >= max) return Verdict.TOO_MANY;
        if (all >= SOCKETS_MAX) return Verdict.FULL;
        byAddress.merge(ip, 1, Integer::sum);
        all++;
        return Verdict.TAKEN;
    }

    synchronized void leave(String ip) {
        all--;
        byAddress.computeIfPresent(ip, (_, open) -> open == 1 ? null : open - 1);
    }
}
