package switchboard.channels.simulator;

import java.util.List;

/// Someone who asked to be told: where, how, and about which events.
record StatusCallback(String url, String method, List<String> events) {
    boolean wants(String event) {
        return events.contains(event);
    }
}
