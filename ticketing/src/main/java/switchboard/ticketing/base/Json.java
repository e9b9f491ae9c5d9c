package switchboard.ticketing.base;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;

/// The two spellings of one record: camelCase with strict reading towards people, snake_case towards SQL.
/// Nothing is ever deserialised by a type named in the text.
public final class Json {
    private static final int DEPTH_MAX = 64;
    private static final int STRING_CHARS_MAX = 40_000_000;
    private static final int NUMBER_CHARS_MAX = 50;
    /// A NUL's escape; behind an odd backslash it would be those characters themselves, written by somebody.
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\u0000");

    /// For HTTP, sockets and journal facts. An unknown field in a request is an error, so that a typo is not lost.
    public static final ObjectMapper API = mapper().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /// For records stored as JSON that a later version may read: unknown fields are ignored.
    public static final ObjectMapper STORED =
            mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// For rows: record components in snake_case are the columns.
    static final ObjectMapper SQL = mapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /// On a component of a record that is answered: it may be null. Anything else is always there.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Nullable {}

    /// On a component of a record: the words that it can be.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface OneOf {
        String[] value();
    }

    private Json() {}

    private static JsonMapper.Builder mapper() {
        // Nearly every write is on a virtual thread of its own, where a buffer a thread would be a new one each time.
        var factory = JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX)
                .maxStringLength(STRING_CHARS_MAX).maxNumberLength(NUMBER_CHARS_MAX).build()).build();
        return JsonMapper.builder(factory)
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .serializationInclusion(JsonInclude.Include.ALWAYS);
    }

    /// Without NULs: PostgreSQL keeps none, neither in text nor in jsonb.
    public static String write(Object value) {
        try {
            return withoutNul(API.writeValueAsString(value));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /// What a jsonb column gives back of a value that a row was written with.
    public static JsonNode stored(Object value) {
        try {
            return SQL.readTree(withoutNul(SQL.writeValueAsString(value)));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    static String withoutNul(String json) {
        return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1") : json;
    }

    /// @throws IllegalStateException when stored text is not what this program wrote
    public static <T> T read(String text, Class<T> type) {
        return read(STORED, text, type);
    }

    /// Reads a request body.
    ///
    /// @throws Failure.Invalid with the parser's short reason and no stack
    public static <T> T request(byte[] body, Class<T> type) {
        try {
            T value = API.readValue(body, type);
            if (value == null) throw new Failure.Invalid("The body is empty");
            return value;
        } catch (JsonProcessingException wrong) {
            throw new Failure.Invalid("The JSON is not right: " + wrong.getOriginalMessage());
        } catch (IOException wrong) {
            throw new Failure.Invalid("The body could not be read");
        }
    }

    static <T> T read(ObjectMapper mapper, String text, Class<T> type) {
        return read(mapper, text, mapper.constructType(type));
    }

    static <T> T read(ObjectMapper mapper, String text, JavaType type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("Stored JSON does not fit " + type, bug);
        }
    }
}
