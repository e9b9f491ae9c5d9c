package switchboard.ticketing.ticket;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;

/// The orders a list can have, each total (the id breaks ties), with a cursor that survives rows coming and going.
enum TicketSort {
    /// Who has waited longest first; those who do not wait come last, oldest first.
    WAITING("coalesce(t.waiting_since, 'infinity') asc, t.id asc", "coalesce(t.waiting_since, 'infinity')", ">"),
    NEWEST("t.created_at desc, t.id desc", "t.created_at", "<"),
    UPDATED("t.last_at desc, t.id desc", "t.last_at", "<"),
    PRIORITY("array_position(array['urgent','high','normal','low'], t.priority) asc, t.last_at asc, t.id asc", null,
            ">");

    private final String order;
    private final String key;
    private final String direction;

    TicketSort(String order, String key, String direction) {
        this.order = order;
        this.key = key;
        this.direction = direction;
    }

    static TicketSort of(String word) {
        return switch (word == null ? "updated" : word) {
            case "waiting" -> WAITING;
            case "newest" -> NEWEST;
            case "updated" -> UPDATED;
            case "priority" -> PRIORITY;
            default -> throw Failure.Invalid.field("sort", "there is no order " + word);
        };
    }

    String order() {
        return order;
    }

    String cursor(Ticket last) {
        return switch (this) {
            case WAITING -> (last.waitingSince() == null ? "infinity" : last.waitingSince()) + "_" + last.id();
            case NEWEST -> last.createdAt() + "_" + last.id();
            case UPDATED -> last.lastMessage().at() + "_" + last.id();
            case PRIORITY -> last.priority() + "_" + last.lastMessage().at() + "_" + last.id();
        };
    }

    Where after(String cursor) {
        var parts = cursor.split("_");
        try {
            var id = Ids.parse(parts[parts.length - 1], "The page");
            if (this == PRIORITY) return afterPriority(parts, id);
            if (parts[0].equals("infinity")) return Where.of("(t.waiting_since is null and t.id > ?)", id);
            return Where.of("(" + key + ", t.id) " + direction + " (?, ?)", Instant.parse(parts[0]), id);
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException wrong) {
            throw Failure.Invalid.field("after", "is no cursor of this list");
        }
    }

    private static Where afterPriority(String[] parts, UUID id) {
        return Where.of("(array_position(array['urgent','high','normal','low'], t.priority), t.last_at, t.id) > "
                + "(array_position(array['urgent','high','normal','low'], ?::text), ?, ?)", parts[0],
                Instant.parse(parts[1]), id);
    }
}
