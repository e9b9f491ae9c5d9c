package switchboard.gateway.http;

/// What a route answers when all goes well, as the API's description shows it.
public sealed interface Answer {
    /// One JSON object.
    record One(Class<?> type) implements Answer {}

    /// `{"items": [...], "next": cursor or null}`
    record PageOf(Class<?> item) implements Answer {}

    /// 204
    record Nothing() implements Answer {}

    /// Bytes of another media type.
    record Bytes(String mediaType) implements Answer {}

    /// The connection becomes a WebSocket.
    record Socket() implements Answer {}

    static Answer one(Class<?> type) {
        return new One(type);
    }

    static Answer page(Class<?> item) {
        return new PageOf(item);
    }

    static Answer nothing() {
        return new Nothing();
    }
}
