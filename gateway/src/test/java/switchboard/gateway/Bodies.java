package switchboard.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bodies with one thing wrong, made from a good one.
final class Bodies {
    /// Writes NULs and lone surrogates as escapes, as a hostile client does.
    private static final ObjectMapper RAW = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final List<String> BAD = List.of("null", "true", "-1", "0", "99999999999999999999", "1e400", "0.5",
            "\"\"", "\" \"", "[]", "[null]", "[\"\\u0000\"]", "[[1]]", "{}", "{\"\\u0000\":\"\\u0000\"}",
            "{\"a\":null}");
    private static final List<String> TAILS = List.of("\0", "\0\0'; drop table agent; --", "\ud800",
            "\"><script>alert(1)</script>{{7*7}}${7*7}", "\r\nBcc: b@x.test", "%_\\", "\\u0000", "\u202e\ufffe😀",
            "x".repeat(20_000));

    private Bodies() {}

    static String json(Object value) {
        try {
            return RAW.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return RAW.readTree(json);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(json, bug);
        }
    }

    /// @param shape whose fields are tried too where the good body has none
    static List<String> spoilt(String good, Class<?> shape) {
        var places = new ArrayList<String>();
        places(tree(good), "", places);
        Arrays.stream(shape.getRecordComponents()).map(part -> "/" + part.getName())
                .filter(place -> !places.contains(place)).forEach(places::add);
        var all = new ArrayList<String>();
        for (var place : places) {
            var before = tree(good).at(place);
            for (var bad : BAD) all.add(with(good, place, bad));
            var start = before.isTextual() ? before.asText() : "x";
            for (var tail : TAILS) all.add(with(good, place, json(start + tail)));
        }
        return all;
    }

    private static void places(JsonNode node, String at, List<String> places) {
        if (!at.isEmpty()) places.add(at);
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places(object.get(name), at + "/" + name, places));
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            places(array.get(0), at + "/0", places);
        }
    }

    /// Put together as text, because a number may be larger than any number.
    private static String with(String good, String place, String bad) {
        var root = tree(good);
        int cut = place.lastIndexOf('/');
        var parent = root.at(place.substring(0, cut));
        var name = place.substring(cut + 1);
        if (parent instanceof ObjectNode object) object.put(name, "§");
        if (parent instanceof ArrayNode array) array.set(0, "§");
        return json(root).replace("\"\\u00A7\"", bad);
    }
}
