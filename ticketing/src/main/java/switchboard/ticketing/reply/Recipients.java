package switchboard.ticketing.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;

/// Whom a row is for, as its payload says (`Outgoing`): all whom the message names, or those who are still to get it.
///
/// @param to the addressees proper
/// @param all whom this row is for, copies included
/// @param refused those for whom earlier rows of the message were refused
record Recipients(Outbox.Leased row, Set<String> to, Set<String> all, Set<String> refused) {
    static Recipients of(Outbox.Leased row) {
        var only = named(row, "only");
        var all = new LinkedHashSet<>(only);
        if (only.isEmpty()) List.of("to", "cc", "bcc").forEach(field -> all.addAll(named(row, field)));
        return new Recipients(row, named(row, "to"), all, named(row, "refused"));
    }

    private static Set<String> named(Outbox.Leased row, String field) {
        var names = new LinkedHashSet<String>();
        var node = row.payload().path(field);
        (node.isArray() ? node : List.of(node)).forEach(one -> {
            if (((JsonNode) one).isTextual()) names.add(compared(((JsonNode) one).asText()));
        });
        return names;
    }

    private static String compared(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    /// After these were refused, no addressee is left who has got it or still may.
    boolean nobodyLeft(Collection<String> who) {
        var gone = new HashSet<>(refused);
        who.forEach(one -> gone.add(compared(one)));
        return gone.containsAll(to);
    }

    /// The payload for those who were put off.
    @SuppressWarnings("unchecked")
    Map<String, Object> rest(Delivery.Partly partly) {
        Map<String, Object> rest = Json.read(row.payload().toString(), Map.class);
        var gone = new LinkedHashSet<>(refused);
        partly.refused().keySet().forEach(one -> gone.add(compared(one)));
        rest.put("only", List.copyOf(partly.deferred().keySet()));
        rest.put("refused", List.copyOf(gone));
        return rest;
    }
}
