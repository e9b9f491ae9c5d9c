package switchboard.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.gateway.http.Route;
import switchboard.ticketing.base.Json;

/// The fields of a route's body that name an object by id.
///
/// @param path the field's JSON pointer: `/customerId`, `/attachmentIds/0`
/// @param kind the object's kind, as in the API's paths
record BodyIds(String path, String kind) {
    private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("customerId", "customers"),
            Map.entry("ticketId", "tickets"), Map.entry("messageId", "messages"), Map.entry("messageIds", "messages"),
            Map.entry("teamId", "teams"), Map.entry("formTeamId", "teams"), Map.entry("teamIds", "teams"),
            Map.entry("team", "teams"), Map.entry("assignee", "agents"), Map.entry("memberIds", "agents"),
            Map.entry("mentions", "agents"), Map.entry("attachmentIds", "files"), Map.entry("categoryId", "categories"),
            Map.entry("articleId", "articles"));
    /// Ids that a body may give as text.
    private static final List<String> LOOSE = List.of("assignee", "team", "teamId");
    /// Fields that repeat the body's own object; the program doesn't read them.
    private static final List<String> OWN = List.of("id", "ownerId");

    static List<BodyIds> of(Route route) {
        var found = new ArrayList<BodyIds>();
        if (route.body() != Void.class) collect(route, route.body(), "", found);
        return found;
    }

    private static void collect(Route route, Class<?> shape, String at, List<BodyIds> found) {
        for (var part : shape.getRecordComponents()) {
            var name = part.getName();
            var item = item(part.getGenericType());
            var path = at + "/" + name + (part.getType() == List.class ? "/0" : "");
            if (OWN.contains(name)) continue;
            boolean orNull = item == JsonNode.class && name.endsWith("Id");
            if (item == UUID.class || orNull || LOOSE.contains(name)) found.add(new BodyIds(path, kind(route, name)));
            else if (item instanceof Class<?> type && type.isRecord()) collect(route, type, path, found);
        }
    }

    private static Type item(Type type) {
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0] : type;
    }

    private static String kind(Route route, String name) {
        if (name.equals("into")) return route.path().contains("/tickets/") ? "tickets" : "customers";
        var kind = KINDS.get(name);
        if (kind == null) throw new AssertionError(route.name() + ": of what kind is the id " + name + "?");
        return kind;
    }

    /// The body with another id in this field.
    ///
    /// @throws AssertionError when the body lacks the field
    String with(String body, String id) {
        var root = Json.read(body, ObjectNode.class);
        int cut = path.lastIndexOf('/');
        var parent = root.at(path.substring(0, cut));
        var name = path.substring(cut + 1);
        if (root.at(path).asText().isEmpty()) throw new AssertionError("no " + path + " in " + body);
        if (parent instanceof ObjectNode object) object.put(name, id);
        if (parent instanceof ArrayNode array) array.set(0, id);
        return Json.write(root);
    }
}
