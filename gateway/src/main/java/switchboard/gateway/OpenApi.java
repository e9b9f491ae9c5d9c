package switchboard.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Permission;
import switchboard.gateway.http.Route;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// The API's description (OpenAPI 3.1), read off the table of routes and the records it names, so that it cannot say
/// anything else than what is served.
///
/// In an answer everything is always there, and null only where the record says `Nullable`. A request may leave out
/// everything but primitives. Words of a closed list are named by `OneOf`.
public final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, Object> schemas = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    private OpenApi() {}

    /// Pretty-printed JSON that ends with a line break; the same for the same table.
    public static String of(List<Route> routes) {
        try {
            return JSON.writeValueAsString(new OpenApi().document(routes)) + "\n";
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private Map<String, Object> document(List<Route> routes) {
        var paths = new TreeMap<String, Map<String, Object>>();
        for (var route : routes) {
            paths.computeIfAbsent(route.path(), _ -> new TreeMap<>())
                    .put(route.method().name().toLowerCase(java.util.Locale.ROOT), operation(route));
        }
        schemas.put("Problem", problem());
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", ordered("title", "Switchboard", "version", "1"));
        document.put("paths", paths);
        document.put("components", ordered("schemas", schemas, "securitySchemes", new TreeMap<>(Map.of(
                "bearer", ordered("type", "http", "scheme", "bearer"),
                "cookie", ordered("type", "apiKey", "in", "cookie", "name", "sb_session")))));
        return document;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        return map;
    }

    private Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("x-permission", route.permission().getClass().getSimpleName());
        operation.put("security", route.permission() instanceof Permission.Public
                || route.permission() instanceof Permission.StreamTicket ? List.of()
                : List.of(Map.of("bearer", List.of()), Map.of("cookie", List.of())));
        var parameters = parameters(route);
        if (!parameters.isEmpty()) operation.put("parameters", parameters);
        if (route.upload()) {
            operation.put("requestBody", ordered("required", true, "content",
                    Map.of("multipart/form-data", Map.of("schema",
                    ordered("type", "object", "properties",
                    Map.of("file", ordered("type", "string", "format", "binary")))))));
        } else if (route.body() != Void.class) {
            operation.put("requestBody", ordered("required", true, "content", json(schema(route.body(), true))));
        }
        operation.put("responses", ordered(String.valueOf(route.status()), answer(route.answer()),
                "default", ordered("description", "Refused", "content",
                        Map.of("application/problem+json", Map.of("schema", ref("Problem"))))));
        return operation;
    }

    private static List<Object> parameters(Route route) {
        var parameters = new ArrayList<>();
        var matcher = PARAMETER.matcher(route.path());
        while (matcher.find()) {
            parameters.add(ordered("name", matcher.group(1), "in", "path", "required", true, "schema",
                    Map.of("type", "string")));
        }
        for (var name : route.query()) {
            parameters.add(ordered("name", name, "in", "query", "schema", Map.of("type", name.equals("limit")
                    ? "integer" : "string")));
        }
        return parameters;
    }

    private Map<String, Object> answer(Answer answer) {
        return switch (answer) {
            case Answer.One(var type) -> ordered("description", "Good", "content", json(schema(type, false)));
            case Answer.PageOf(var item) -> ordered("description", "Good", "content", json(ordered("type", "object",
                    "properties", ordered("items", ordered("type", "array", "items", schema(item, false)),
                            "next", Map.of("type", List.of("string", "null"))), "required", List.of("items", "next"))));
            case Answer.Nothing _ -> ordered("description", "Done");
            case Answer.Bytes(var mediaType) -> ordered("description", "Good", "content", Map.of(mediaType, Map.of()));
            case Answer.Socket _ -> ordered("description", "Switching to a WebSocket");
        };
    }

    private static Map<String, Object> json(Object schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private static Map<String, Object> ref(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> schema(Type type, boolean request) {
        return switch (type) {
            case ParameterizedType many when Collection.class.isAssignableFrom((Class<?>) many.getRawType()) ->
                    ordered("type", "array", "items", schema(many.getActualTypeArguments()[0], request));
            case ParameterizedType map when Map.class.isAssignableFrom((Class<?>) map.getRawType()) ->
                    ordered("type", "object", "additionalProperties", schema(map.getActualTypeArguments()[1], request));
            case ParameterizedType maybe when maybe.getRawType() == Optional.class ->
                    schema(maybe.getActualTypeArguments()[0], request);
            case ParameterizedType other -> schema(other.getRawType(), request);
            case WildcardType wild -> schema(wild.getUpperBounds()[0], request);
            case Class<?> plain -> plain(plain, request);
            default -> Map.of();
        };
    }

    private Map<String, Object> plain(Class<?> type, boolean request) {
        if (type == String.class) return Map.of("type", "string");
        if (type == UUID.class) return ordered("type", "string", "format", "uuid");
        if (type == Instant.class) return ordered("type", "string", "format", "date-time");
        if (type == LocalDate.class) return ordered("type", "string", "format", "date");
        if (type == boolean.class || type == Boolean.class) return Map.of("type", "boolean");
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class
                || type == short.class || type == Short.class) return Map.of("type", "integer");
        if (type == double.class || type == Double.class || type == float.class) return Map.of("type", "number");
        if (type.isEnum()) return ordered("type", "string", "enum", List.of(type.getEnumConstants()).stream()
                .map(String::valueOf).toList());
        if (type.isRecord()) return record(type, request);
        if (type.isSealed()) {
            return ordered("oneOf", List.of(type.getPermittedSubclasses()).stream().map(part -> schema(part, request))
                    .toList());
        }
        return type == Object.class || JsonNode.class.isAssignableFrom(type) ? Map.of() : Map.of("type", "object");
    }

    private Map<String, Object> record(Class<?> type, boolean request) {
        var name = name(type);
        if (owners.putIfAbsent(name, type) == null) {
            schemas.put(name, Map.of());
            var properties = new LinkedHashMap<String, Object>();
            var required = new ArrayList<String>();
            for (var component : type.getRecordComponents()) {
                properties.put(component.getName(), component(component, request));
                if (!request || component.getType().isPrimitive()) required.add(component.getName());
            }
            var schema = ordered("type", "object", "properties", properties);
            if (!required.isEmpty()) schema.put("required", required);
            if (request) schema.put("additionalProperties", false);
            schemas.put(name, schema);
        } else if (owners.get(name) != type) {
            throw new IllegalStateException("Two records are both called " + name + " in the API: " + type + ", "
                    + owners.get(name));
        }
        return ref(name);
    }

    private Map<String, Object> component(RecordComponent component, boolean request) {
        var schema = schema(component.getGenericType(), request);
        boolean nullable = request ? !component.getType().isPrimitive()
                : component.isAnnotationPresent(Nullable.class);
        var words = component.getAnnotation(OneOf.class);
        if (words != null) {
            var allowed = new ArrayList<Object>(List.of(words.value()));
            if (nullable) allowed.add(null);
            schema = ordered("type", "string", "enum", allowed);
        }
        if (!nullable || schema.isEmpty()) return schema;
        if (schema.get("type") instanceof String word) {
            var orNull = new LinkedHashMap<>(schema);
            orNull.put("type", List.of(word, "null"));
            return orNull;
        }
        return ordered("anyOf", List.of(schema, Map.of("type", "null")));
    }

    /// A nested record is called after its feature too (`AgentsChange`), unless that says the same twice (`Team` of
    /// `Teams`, `MailboxChange` of `Mailboxes`).
    private static String name(Class<?> type) {
        var own = type.getSimpleName();
        var outer = type.getEnclosingClass();
        if (outer == null) return own;
        var stem = outer.getSimpleName().replaceAll("(es|s|Routes)$", "");
        return own.startsWith(stem) || outer.getSimpleName().startsWith(own) ? own : outer.getSimpleName() + own;
    }

    private static Map<String, Object> problem() {
        var text = Map.of("type", "string");
        return ordered("type", "object", "properties", ordered("type", text, "title", text, "status",
                Map.of("type", "integer"),
                "detail", text, "code", text, "errors", ordered("type", "array", "items",
                ordered("type", "object", "properties",
                        ordered("field", text, "detail", text)))), "required", List.of("type", "title", "status",
                        "detail", "code"));
    }

    /// @throws IllegalStateException when a path below `/api` is served that the description does not name
    static void requireComplete(List<Route> routes, Collection<io.vertx.ext.web.Route> served) {
        var described = routes.stream().map(route -> switchboard.gateway.http.Api.vertxPath(route.path())).toList();
        for (var route : served) {
            var path = route.getPath();
            if (path == null || !path.startsWith("/api/") || path.equals("/api/")
                    || path.endsWith("openapi.json")) continue;
            if (!described.contains(path)) throw new IllegalStateException(path
                    + " is served but not in the table of routes");
        }
    }
}
