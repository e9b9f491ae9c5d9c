package switchboard.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;

/// A refusal as `application/problem+json` (RFC 9457): the one place where a `Failure` gets its status, a lost
/// database becomes 503, and a bug becomes an opaque 500 whose incident id is in the log.
///
/// @param more further members of the problem object
public record Problem(int status, String code, String detail, List<Failure.Field> errors, Map<String, Object> more) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final Map<Integer, String> TITLES = Map.ofEntries(Map.entry(400, "Bad request"),
            Map.entry(401, "Not signed in"), Map.entry(403, "Not allowed"), Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"), Map.entry(409, "Conflict"), Map.entry(413, "Too large"),
            Map.entry(415, "Unsupported media type"), Map.entry(421, "Misdirected request"),
            Map.entry(422, "Cannot be processed"), Map.entry(429, "Too many requests"),
            Map.entry(500, "Internal error"), Map.entry(503, "Unavailable"));

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Map.of());
    }

    /// @param where for the log, the route that failed
    public static Problem of(Throwable failed, String where) {
        return switch (failed) {
            case Failure failure -> of(failure);
            case JsonProcessingException wrong -> of(json(wrong));
            case Throwable lost when databaseLost(lost) -> {
                LOG.warn("{}: the database does not answer: {}", where, lost.toString());
                yield of(503, "unavailable", "The database does not answer; please try again");
            }
            default -> incident(failed, where);
        };
    }

    private static Problem of(Failure failure) {
        var detail = failure.getMessage();
        return switch (failure) {
            case Failure.NotFound _ -> of(404, failure.code(), detail);
            case Failure.Unauthenticated _ -> of(401, failure.code(), detail);
            case Failure.Forbidden _ -> of(403, failure.code(), detail);
            case Failure.Invalid invalid -> new Problem(400, failure.code(), detail, invalid.fields(), Map.of());
            case Failure.TooMany many -> new Problem(429, failure.code(), detail, List.of(),
                    Map.of("retryAfterSeconds", many.after().toSeconds()));
            case Failure.Unavailable _ -> of(503, failure.code(), detail);
            // The same key with another body can never succeed, now or later.
            case Failure.Conflict conflict -> new Problem(conflict.code().equals("idempotency-key-reused") ? 422 : 409,
                    failure.code(), detail, List.of(), more(conflict.current()));
            default -> incident(failure, "failure");
        };
    }

    /// What a conflict shows: a map's entries are members of the problem, anything else is its `current`.
    private static Map<String, Object> more(Object current) {
        return switch (current) {
            case null -> Map.of();
            case Map<?, ?> members -> members.entrySet().stream().collect(Collectors.toMap(
                    entry -> String.valueOf(entry.getKey()), Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
            default -> Map.of("current", current);
        };
    }

    /// What is wrong with a request's JSON, without a word about our classes.
    static Failure.Invalid json(JsonProcessingException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return Failure.Invalid.field(path(unknown), "is not a field of this request");
        }
        if (wrong instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return Failure.Invalid.field(path(mapping), "has a value of the wrong kind");
        }
        return new Failure.Invalid("The body is not the JSON object that this request takes");
    }

    private static String path(JsonMappingException wrong) {
        var path = wrong.getPath().stream().map(part -> part.getFieldName() == null
                ? String.valueOf(part.getIndex()) : part.getFieldName()).collect(Collectors.joining("."));
        return path.length() > 100 ? path.substring(0, 100) : path;
    }

    private static boolean databaseLost(Throwable failed) {
        if (failed instanceof PgException refused) {
            var state = String.valueOf(refused.getSqlState());
            // 08 connection, 53 resources, 57P shutdown, 40 lost to a concurrent transaction: PostgreSQL manual,
            // appendix A
            return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
                    || state.startsWith("40");
        }
        return failed instanceof IOException || failed instanceof UncheckedIOException
                || failed instanceof TimeoutException
                || failed instanceof io.vertx.core.VertxException gone && lostWord(gone.getMessage())
                || failed.getClass().getName().startsWith("io.vertx.core.impl.NoStackTrace")
                && lostWord(failed.getMessage());
    }

    private static boolean lostWord(String message) {
        return message != null && (message.contains("closed") || message.contains("imeout")
                || message.contains("onnect"));
    }

    private static Problem incident(Throwable bug, String where) {
        var incident = Ids.next().toString();
        LOG.error("{}: incident {}", where, incident, bug);
        return new Problem(500, "internal", "Something went wrong here. Incident " + incident, List.of(),
                Map.of("incident", incident));
    }

    /// The value of the header `Retry-After`.
    String retryAfter() {
        return String.valueOf(more.getOrDefault("retryAfterSeconds", RETRY_AFTER_SECONDS));
    }

    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:switchboard:problem:" + code);
        body.put("title", TITLES.getOrDefault(status, "Refused"));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        if (!errors.isEmpty()) body.put("errors", errors);
        more.forEach(body::putIfAbsent);
        return body;
    }
}
