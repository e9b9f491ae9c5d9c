package switchboard.channels.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import switchboard.channels.twilio.FormBody;

/// One REST request, taken apart.
///
/// @param ids the variable parts of the path after the account, in order
record RestRequest(String method, String path, List<String> ids, FormBody query, FormBody form) {
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss +0000", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int PAGE_SIZE = 50;
    private static final int PAGE_SIZE_MAX = 1000;

    /// What goes back: JSON, or bytes of another type.
    record Answer(int status, String contentType, byte[] body) {
        static Answer ok(JsonObject json) {
            return json(200, json);
        }

        static Answer created(JsonObject json) {
            return json(201, json);
        }

        static Answer json(int status, JsonObject json) {
            return new Answer(status, "application/json", json.encode().getBytes(StandardCharsets.UTF_8));
        }

        static Answer noContent() {
            return new Answer(204, "", new byte[0]);
        }
    }

    static String date(Instant at) {
        return at == null ? null : RFC_2822.format(at);
    }

    String id() {
        return ids.getFirst();
    }

    Optional<String> field(String name) {
        return form.first(name).filter(value -> !value.isEmpty());
    }

    boolean flag(String name, boolean otherwise) {
        return field(name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    Optional<StatusCallback> callback(String prefix, List<String> eventsOtherwise) {
        return field(prefix).map(url -> {
            var events = form.all(prefix + "Event").stream().flatMap(value -> List.of(value.split(" ")).stream())
                    .toList();
            return new StatusCallback(url, field(prefix + "Method").orElse("POST"),
                    events.isEmpty() ? eventsOtherwise : events);
        });
    }

    /// Whether the value of a query filter, if given, is this one.
    boolean matches(String name, String value) {
        return query.first(name).map(wanted -> wanted.equals(value)).orElse(true);
    }

    /// Whether the time passes `name`, `name<` and `name>`, each a day or an instant as the SDK sends it.
    boolean within(String name, Instant at) {
        if (at == null) {
            return query.first(name).isEmpty() && query.first(name + "<").isEmpty() && query.first(name + ">")
                    .isEmpty();
        }
        boolean onDay = query.first(name)
                .map(day -> instant(day).truncatedTo(ChronoUnit.DAYS).equals(at.truncatedTo(ChronoUnit.DAYS)))
                .orElse(true);
        return onDay && query.first(name + "<").map(bound -> !at.isAfter(instant(bound))).orElse(true)
                && query.first(name + ">").map(bound -> !at.isBefore(instant(bound))).orElse(true);
    }

    /// One page of the list, with the paging keys of the 2010 API.
    Answer page(String key, List<JsonObject> all) {
        int size = Math.clamp(number("PageSize", PAGE_SIZE), 1, PAGE_SIZE_MAX);
        int page = Math.max(0, number("Page", 0));
        int from = Math.min(all.size(), page * size);
        int to = Math.min(all.size(), from + size);
        return Answer.ok(new JsonObject().put(key, new JsonArray(all.subList(from, to)))
                .put("page", page).put("page_size", size).put("start", from).put("end", Math.max(from, to - 1))
                .put("uri", uri(page, size)).put("first_page_uri", uri(0, size))
                .put("previous_page_uri", page > 0 ? uri(page - 1, size) : null)
                .put("next_page_uri", to < all.size() ? uri(page + 1, size) : null));
    }

    private String uri(int page, int size) {
        var uri = new StringBuilder(path).append("?PageSize=").append(size).append("&Page=").append(page);
        for (var field : query.fields()) {
            if (!field.name().startsWith("Page")) {
                uri.append('&').append(encode(field.name())).append('=').append(encode(field.value()));
            }
        }
        return uri.toString();
    }

    private int number(String name, int otherwise) {
        return query.first(name).filter(value -> value.matches("[0-9]{1,6}")).map(Integer::parseInt).orElse(otherwise);
    }

    /// A day, an instant, or an instant without its zone, which is how the Java SDK writes one in UTC.
    private static Instant instant(String text) {
        try {
            return switch (text.length()) {
                case 10 -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
                case 19 -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
                default -> OffsetDateTime.parse(text).toInstant();
            };
        } catch (DateTimeParseException e) {
            throw RestError.bad(20001, "A date is not understood: " + text);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
