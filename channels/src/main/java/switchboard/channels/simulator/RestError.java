package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;

/// A refusal in Twilio's shape: `{code, message, more_info, status}`.
final class RestError extends RuntimeException {
    final int status;
    private final int code;

    RestError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RestError bad(int code, String message) {
        return new RestError(400, code, message);
    }

    static RestError notFound(String path) {
        return new RestError(404, 20404, "The requested resource " + path + " was not found");
    }

    JsonObject json() {
        return new JsonObject().put("code", code).put("message", getMessage())
                .put("more_info", "https://www.twilio.com/docs/errors/" + code).put("status", status);
    }
}
