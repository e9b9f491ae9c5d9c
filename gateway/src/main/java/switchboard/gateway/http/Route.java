package switchboard.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import switchboard.ticketing.base.Page;

/// One line of the HTTP table. It cannot be written down without its permission.
///
/// @param path with parameters in braces, as in OpenAPI: `/api/v1/tickets/{id}`
/// @param body the request's record, or `Void` for none
/// @param status of a good answer
/// @param query names of the query parameters, all optional
/// @param run called on a virtual thread of its own, after the permission was checked and the body was read
public record Route(HttpMethod method, String path, Permission permission, Class<?> body, Answer answer, int status,
                    List<String> query, boolean upload, BiFunction<Call, Object, Object> run) {

    public static Route get(String path, Permission permission, Answer answer, Function<Call, Object> run) {
        return plain(HttpMethod.GET, path, permission, answer, run);
    }

    public static Route delete(String path, Permission permission, Function<Call, Object> run) {
        return plain(HttpMethod.DELETE, path, permission, Answer.nothing(), run);
    }

    /// A POST that needs no body; one that is sent is ignored.
    public static Route post(String path, Permission permission, Answer answer, Function<Call, Object> run) {
        return plain(HttpMethod.POST, path, permission, answer, run);
    }

    public static <B> Route post(String path, Permission permission, Class<B> body, Answer answer,
                                 BiFunction<Call, B, Object> run) {
        return with(HttpMethod.POST, path, permission, body, answer, run);
    }

    public static <B> Route put(String path, Permission permission, Class<B> body, Answer answer,
                                BiFunction<Call, B, Object> run) {
        return with(HttpMethod.PUT, path, permission, body, answer, run);
    }

    public static <B> Route patch(String path, Permission permission, Class<B> body, Answer answer,
                                  BiFunction<Call, B, Object> run) {
        return with(HttpMethod.PATCH, path, permission, body, answer, run);
    }

    /// A POST of `multipart/form-data`; who sends it is known before its bytes are read.
    public static Route upload(String path, Permission permission, Answer answer, Function<Call, Object> run) {
        return new Route(HttpMethod.POST, path, permission, Void.class, answer, 201, List.of(), true,
                (call, _) -> run.apply(call));
    }

    private static Route plain(HttpMethod method, String path, Permission permission, Answer answer,
                               Function<Call, Object> run) {
        return new Route(method, path, permission, Void.class, answer, usual(answer), List.of(), false,
                (call, _) -> run.apply(call));
    }

    private static <B> Route with(HttpMethod method, String path, Permission permission, Class<B> body, Answer answer,
                                  BiFunction<Call, B, Object> run) {
        return new Route(method, path, permission, body, answer, usual(answer), List.of(), false,
                (call, value) -> run.apply(call, body.cast(value)));
    }

    private static int usual(Answer answer) {
        return switch (answer) {
            case Answer.Nothing _ -> 204;
            case Answer.Socket _ -> 101;
            case Answer.One _, Answer.PageOf _, Answer.Bytes _ -> 200;
        };
    }

    /// The good answer is 201 instead.
    public Route created() {
        return new Route(method, path, permission, body, answer, 201, query, upload, run);
    }

    public Route query(String... names) {
        return new Route(method, path, permission, body, answer, status, List.of(names), upload, run);
    }

    /// For a list that is read in pages.
    public Route paged(String... more) {
        var names = new java.util.ArrayList<>(List.of("limit", "after"));
        names.addAll(List.of(more));
        return query(names.toArray(String[]::new));
    }

    /// For a list that its feature gives whole: it is cut into pages here. Left out, the limit is as high as it can
    /// be, because such a list fits on one page almost always.
    ///
    /// @param key tells an item from every other of the list
    public <T> Route whole(Function<T, ?> key) {
        return cut(all -> at -> {
            @SuppressWarnings("unchecked") // the list of this very route
            var item = (T) all.get(at);
            return key.apply(item);
        });
    }

    /// The same where items have no key; an item's place is its cursor.
    public Route whole() {
        return cut(_ -> at -> at);
    }

    private Route cut(Function<List<?>, IntFunction<?>> keys) {
        return new Route(method, path, permission, body, answer, status, List.of("limit", "after"), upload,
                (call, value) -> {
                    int limit = call.limit(Page.LIMIT_MAX);
                    var all = ((Page<?>) run.apply(call, value)).items();
                    return Page.cut(all, call.after(), limit, keys.apply(all));
                });
    }

    public boolean changesState() {
        return method != HttpMethod.GET;
    }

    public String name() {
        return method + " " + path;
    }
}
