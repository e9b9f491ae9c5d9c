package switchboard.channels.simulator;

import java.util.UUID;

/// Twilio's names for things: two letters for the kind, 32 hexadecimal digits.
final class Sid {
    private Sid() {}

    static String next(String kind) {
        return kind + UUID.randomUUID().toString().replace("-", "");
    }
}
