package switchboard.channels.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.channels.twilio.FormBody;

/// Holds recorded requests, and the answers they got, against Twilio's own description of its API: path and SIDs,
/// content type, every field known and of its type, required ones there, one of each conditional group, and the
/// answer's shape. A violation is one line that names the request and what is wrong with it.
public final class OpenApiCheck {
    /// Parameters of the SDK that are newer than the description.
    private static final Set<String> NEWER = Set.of("MessageIntent", "Passports", "RecordingConfigurationId");

    private final JsonNode api;

    public OpenApiCheck() {
        try (var in = OpenApiCheck.class.getResourceAsStream("/twilio/api-v2010-reduced.json")) {
            api = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> violations(List<RecordedRequest> requests) {
        return requests.stream().flatMap(request -> violations(request).stream()).toList();
    }

    public List<String> violations(RecordedRequest request) {
        var found = new ArrayList<String>();
        if (request.path().matches(".*/Recordings/RE[0-9a-f]{32}(\\.wav)?")) {
            return found;       // sound, which the description does not cover
        }
        var operation = operation(request, found);
        operation.ifPresent(one -> {
            query(one, request, found);
            form(one, request, found);
            conditional(one, request, found);
            answer(one, request, found);
        });
        if (operation.isEmpty() && found.isEmpty()) {
            found.add("is no operation");
        }
        return found.stream().map(text -> request.method() + " " + request.path() + ": " + text).toList();
    }

    private Optional<JsonNode> operation(RecordedRequest request, List<String> found) {
        String method = request.method().toLowerCase(Locale.ROOT);
        for (var path : api.get("paths").properties()) {
            var names = Pattern.compile("\\{(\\w+)}").matcher(path.getKey()).results().map(name -> name.group(1))
                    .toList();
            var match = Pattern.compile(path.getKey().replace(".json", "\\.json").replaceAll("\\{\\w+}", "([^/]+?)"))
                    .matcher(request.path());
            if (match.matches() && path.getValue().has(method)) {
                var operation = path.getValue().get(method);
                for (var parameter : operation.get("parameters")) {
                    int group = names.indexOf(parameter.get("name").asText()) + 1;
                    if (parameter.get("in").asText().equals("path") && group > 0 && request.status() != 404) {
                        value(parameter.get("schema"), match.group(group), parameter.get("name").asText(), found);
                    }
                }
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private void query(JsonNode operation, RecordedRequest request, List<String> found) {
        for (var field : request.query().fields()) {
            JsonNode schema = null;
            for (var parameter : operation.get("parameters")) {
                if (parameter.get("in").asText().equals("query") && parameter.get("name").asText()
                        .equals(field.name())) {
                    schema = parameter.get("schema");
                }
            }
            if (schema == null) {
                found.add("unknown query parameter " + field.name());
            } else {
                value(schema, field.value(), field.name(), found);
            }
        }
    }

    private void form(JsonNode operation, RecordedRequest request, List<String> found) {
        if (!request.method().equals("POST")) {
            return;
        }
        if (!request.contentType().startsWith("application/x-www-form-urlencoded")) {
            found.add("content type " + request.contentType());
        }
        var schema = operation.at("/requestBody/content/application~1x-www-form-urlencoded/schema");
        for (var required : schema.path("required")) {
            if (request.form().first(required.asText()).isEmpty()) {
                found.add("lacks " + required.asText());
            }
        }
        var seen = new HashSet<String>();
        for (FormBody.Field field : request.form().fields()) {
            var property = resolve(schema.path("properties").path(field.name()));
            boolean again = !seen.add(field.name());
            if (NEWER.contains(field.name())) {
                continue;
            }
            if (property.isMissingNode()) {
                found.add("unknown field " + field.name());
            } else if (property.path("type").asText().equals("array")) {
                value(property.get("items"), field.value(), field.name(), found);
            } else if (again) {
                found.add(field.name() + " is given twice");
            } else {
                value(property, field.value(), field.name(), found);
            }
        }
    }

    private void conditional(JsonNode operation, RecordedRequest request, List<String> found) {
        for (var group : operation.at("/x-twilio/conditional")) {
            boolean any = false;
            for (var name : group) {
                var field = new StringBuilder();
                for (String word : name.asText().split("_")) {
                    field.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
                }
                any |= request.form().first(field.toString()).isPresent();
            }
            if (!any) {
                found.add("has none of " + group);
            }
        }
    }

    /// Checks one text, as it stands in a form or path, against its schema.
    private void value(JsonNode declared, String text, String name, List<String> found) {
        var schema = resolve(declared);
        boolean fits = switch (schema.path("type").asText()) {
            case "integer" -> text.matches("-?[0-9]{1,18}");
            case "number" -> text.matches("-?[0-9]+(\\.[0-9]+)?");
            case "boolean" -> text.equals("true") || text.equals("false");
            default -> formatted(schema.path("format").asText(), text);
        };
        if (fits && schema.has("pattern")) {
            fits = Pattern.compile(schema.get("pattern").asText()).matcher(text).find();
        }
        if (fits && schema.has("enum")) {
            fits = contains(schema.get("enum"), text);
        }
        if (!fits) {
            found.add(name + " may not be '" + text + "'");
        }
    }

    private static boolean formatted(String format, String text) {
        try {
            return switch (format) {
                case "uri" -> URI.create(text).getScheme() != null;
                case "date-time" -> instant(text);
                case "date" -> text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
                case "date-time-rfc-2822" -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text) != null;
                case "phone-number" -> text.matches("(\\w+:)?\\+[0-9]{7,15}|[0-9]{3,8}");
                case "endpoint" -> text.matches("\\+[0-9]{7,15}|(client|sip):.+");
                case "http-method" -> text.equals("GET") || text.equals("POST");
                default -> true;
            };
        } catch (RuntimeException e) {
            return false;
        }
    }

    /// The SDK writes instants in UTC without a zone, and days where the description says date-time.
    private static boolean instant(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?")
                || OffsetDateTime.parse(text) != null;
    }

    private void answer(JsonNode operation, RecordedRequest request, List<String> found) {
        if (request.status() >= 400) {
            return;
        }
        var declared = operation.path("responses").path(String.valueOf(request.status()));
        if (declared.isMissingNode()) {
            found.add("is not answered with " + request.status());
        } else if (declared.has("content")) {
            try {
                json(declared.at("/content/application~1json/schema"), new ObjectMapper().readTree(request.answer()),
                        "$", found);
            } catch (IOException e) {
                found.add("the answer is not JSON: " + e.getMessage());
            }
        }
    }

    private void json(JsonNode declared, JsonNode value, String at, List<String> found) {
        var schema = resolve(declared);
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean() && !declared.has("$ref") && schema.has("type")) {
                found.add(at + " of the answer may not be null");
            }
            return;
        }
        boolean fits = switch (schema.path("type").asText()) {
            case "string" -> value.isTextual()
                    && formatted(schema.path("format").asText().replace("uri", ""), value.asText());
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        fits &= !schema.has("pattern") || Pattern.compile(schema.get("pattern").asText()).matcher(value.asText())
                .find();
        fits &= !schema.has("enum") || contains(schema.get("enum"), value.asText());
        if (!fits) {
            found.add(at + " of the answer may not be " + value);
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> json(schema.get("items"), item, at + "[]", found));
        } else if (value.isObject() && schema.has("properties")) {
            for (var property : value.properties()) {
                var inner = schema.get("properties").path(property.getKey());
                if (inner.isMissingNode()) {
                    found.add(at + " of the answer has an unknown " + property.getKey());
                } else {
                    json(inner, property.getValue(), at + "." + property.getKey(), found);
                }
            }
            for (var property : schema.get("properties").properties()) {
                if (!value.has(property.getKey())) {
                    found.add(at + " of the answer lacks " + property.getKey());
                }
            }
        }
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? api.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static boolean contains(JsonNode values, String text) {
        for (var value : values) {
            if (value.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
