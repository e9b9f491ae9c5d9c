package switchboard.channels.email.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.channels.email.mime.ReportedRecipient;

/// The machine-readable part of a delivery report: groups of fields, one group for each recipient (RFC 3464 section 2).
final class DeliveryStatus {
    private static final int GROUPS_MAX = 1_000;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>;:,\"()\\[\\]]+@[^\\s<>;:,\"()]+");

    private DeliveryStatus() {}

    record Field(String name, String value) {}

    static List<ReportedRecipient> recipients(String status) {
        var found = new LinkedHashMap<String, ReportedRecipient>();
        for (var group : groups(status)) {
            recipient(fields(group)).ifPresent(r -> found.merge(r.address().toLowerCase(Locale.ROOT), r,
                    (a, b) -> a.permanent() ? a : b));
        }
        return List.copyOf(found.values());
    }

    /// Whether any recipient's action is one of these.
    static boolean tells(String status, List<String> actions) {
        return groups(status).stream().map(group -> value(fields(group), "action").toLowerCase(Locale.ROOT))
                .anyMatch(told -> actions.stream().anyMatch(told::startsWith));
    }

    private static Optional<ReportedRecipient> recipient(List<Field> group) {
        var action = value(group, "action").toLowerCase(Locale.ROOT);
        var code = value(group, "status");
        Optional<Boolean> permanent = action.startsWith("failed") ? Optional.of(true)
                : action.startsWith("delayed") ? Optional.of(false)
                : !action.isEmpty() ? Optional.empty()
                : code.startsWith("5") ? Optional.of(true) : code.startsWith("4") ? Optional.of(false)
                : Optional.empty();
        var address = address(value(group, "original-recipient")).or(() -> address(value(group, "final-recipient")));
        return permanent.flatMap(p -> address.map(a -> new ReportedRecipient(a, p)));
    }

    private static String value(List<Field> group, String name) {
        return group.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).findFirst().orElse("");
    }

    static Optional<String> address(String value) {
        var found = ADDRESS.matcher(value);
        return found.find() && !found.group().contains("..") ? Optional.of(found.group().replaceAll("[.>]+$", ""))
                : Optional.empty();
    }

    private static List<String> groups(String status) {
        var groups = status.split("\\n[ \\t]*\\n", GROUPS_MAX);
        return List.of(groups);
    }

    static List<Field> fields(String group) {
        var fields = new ArrayList<Field>();
        for (var line : group.split("\\n")) {
            int colon = line.indexOf(':');
            boolean continues = !fields.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
            if (continues) {
                var last = fields.removeLast();
                fields.add(new Field(last.name(), last.value() + " " + line.strip()));
            } else if (colon > 0) {
                fields.add(new Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
            }
        }
        return fields;
    }
}
