package switchboard.channels.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One message resource. A change makes a new record; [Texts] keeps the latest.
///
/// @param sent null until the carrier has sent it
/// @param errorCode 0: none
record Text(String sid, Instant created, Instant updated, Instant sent, String direction, String from, String to,
            String body, List<String> media, int segments, String status, int errorCode, String service,
            Optional<String> callback) {

    Text with(String status, int errorCode, Instant now) {
        boolean leaves = sent == null && !status.equals("queued") && !status.equals("canceled");
        return new Text(sid, created, now, leaves ? now : sent, direction, from, to, body, media, segments, status,
                errorCode, service, callback);
    }

    Text redacted(Instant now) {
        return new Text(sid, created, now, sent, direction, from, to, "", media, segments, status, errorCode, service,
                callback);
    }

    JsonObject json(String account) {
        String path = "/2010-04-01/Accounts/" + account + "/Messages/" + sid;
        return new JsonObject().put("sid", sid).put("account_sid", account).put("api_version", "2010-04-01")
                .put("body", body).put("from", from).put("to", to).put("direction", direction).put("status", status)
                .put("date_created", RestRequest.date(created)).put("date_updated", RestRequest.date(updated))
                .put("date_sent", RestRequest.date(sent)).put("num_segments", String.valueOf(segments))
                .put("num_media", String.valueOf(media.size()))
                .put("messaging_service_sid", service.isEmpty() ? null : service)
                .put("error_code", errorCode == 0 ? null : errorCode)
                .put("error_message", errorCode == 0 ? null : "Message delivery - error " + errorCode)
                .put("price", null).put("price_unit", "USD").put("uri", path + ".json")
                .put("subresource_uris", new JsonObject().put("media", path + "/Media.json"));
    }

    JsonObject kept() {
        return new JsonObject().put("sid", sid).put("created", created).put("updated", updated).put("sent", sent)
                .put("direction", direction).put("from", from).put("to", to).put("body", body)
                .put("media", new JsonArray(media)).put("segments", segments).put("status", status)
                .put("errorCode", errorCode).put("service", service);
    }

    static Text of(JsonObject kept) {
        return new Text(kept.getString("sid"), kept.getInstant("created"), kept.getInstant("updated"),
                kept.getInstant("sent"), kept.getString("direction"), kept.getString("from"), kept.getString("to"),
                kept.getString("body"), kept.getJsonArray("media").stream().map(String::valueOf).toList(),
                kept.getInteger("segments"), kept.getString("status"), kept.getInteger("errorCode"),
                kept.getString("service"), Optional.empty());
    }
}
