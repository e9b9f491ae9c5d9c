package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// The table of the REST operations, and who may call them.
final class Rest {
    private record Route(String method, Pattern path, Function<RestRequest, Answer> call) {}

    private final List<Route> routes = new ArrayList<>();
    private final Exchange exchange;

    Rest(Exchange exchange) {
        this.exchange = exchange;
        var texts = exchange.texts;
        on("POST", "/Messages.json", texts::create);
        on("GET", "/Messages.json", texts::list);
        on("GET", "/Messages/*.json", texts::fetch);
        on("POST", "/Messages/*.json", texts::update);
        on("DELETE", "/Messages/*.json", texts::delete);
        var calls = exchange.calls;
        on("POST", "/Calls.json", calls::create);
        on("GET", "/Calls.json", calls::list);
        on("GET", "/Calls/*.json", calls::fetch);
        on("POST", "/Calls/*.json", calls::update);
        on("DELETE", "/Calls/*.json", calls::delete);
        var queues = exchange.queues;
        on("POST", "/Queues.json", queues::create);
        on("GET", "/Queues.json", queues::list);
        on("GET", "/Queues/*.json", queues::fetch);
        on("POST", "/Queues/*.json", queues::update);
        on("DELETE", "/Queues/*.json", queues::delete);
        on("GET", "/Queues/*/Members.json", queues::listMembers);
        on("GET", "/Queues/*/Members/*.json", queues::fetchMember);
        on("POST", "/Queues/*/Members/*.json", queues::updateMember);
        var conferences = exchange.conferences;
        on("GET", "/Conferences.json", conferences::list);
        on("GET", "/Conferences/*.json", conferences::fetch);
        on("POST", "/Conferences/*.json", conferences::update);
        on("POST", "/Conferences/*/Participants.json", conferences::createParticipant);
        on("GET", "/Conferences/*/Participants.json", conferences::listParticipants);
        on("GET", "/Conferences/*/Participants/*.json", conferences::fetchParticipant);
        on("POST", "/Conferences/*/Participants/*.json", conferences::updateParticipant);
        on("DELETE", "/Conferences/*/Participants/*.json", conferences::deleteParticipant);
        var recordings = exchange.recordings;
        on("GET", "/Recordings.json", recordings::list);
        on("GET", "/Recordings/*.json", recordings::fetch);
        on("DELETE", "/Recordings/*.json", recordings::delete);
        on("GET", "/Recordings/*.wav", recordings::media);
        on("GET", "/Recordings/*", recordings::media);
        on("POST", "/Calls/*/Recordings.json", recordings::createForCall);
        on("GET", "/Calls/*/Recordings.json", recordings::listForCall);
        on("GET", "/Calls/*/Recordings/*.json", recordings::fetchForCall);
        on("POST", "/Calls/*/Recordings/*.json", recordings::updateForCall);
    }

    private void on(String method, String path, Function<RestRequest, Answer> call) {
        String ids = Pattern.quote(exchange.accountPath() + path).replace("*", "\\E([^/]+?)\\Q");
        routes.add(new Route(method, Pattern.compile(ids), call));
    }

    Answer answer(String method, String path, FormBody query, FormBody form, String authorization) {
        try {
            if (!authentic(authorization)) {
                throw new RestError(401, 20003, "Authenticate");
            }
            return dispatch(method, path, query, form);
        } catch (RestError e) {
            return Answer.json(e.status, e.json());
        } catch (NumberFormatException e) {
            return Answer.json(400, RestError.bad(20001, "A parameter is not a number: " + e.getMessage()).json());
        }
    }

    boolean serves(String method, String path) {
        return routes.stream().anyMatch(route -> route.method().equals(method) && route.path().matcher(path).matches());
    }

    static Answer throttled() {
        return Answer.json(429, new RestError(429, 20429, "Too Many Requests").json());
    }

    static Answer broken() {
        return Answer.json(503, new JsonObject().put("code", 20503).put("message", "Service Unavailable")
                .put("status", 503));
    }

    private Answer dispatch(String method, String path, FormBody query, FormBody form) {
        boolean known = false;
        for (var route : routes) {
            var match = route.path().matcher(path);
            if (match.matches()) {
                known = true;
                if (route.method().equals(method)) {
                    var ids = new ArrayList<String>();
                    for (int i = 1; i <= match.groupCount(); i++) {
                        ids.add(match.group(i));
                    }
                    return route.call().apply(new RestRequest(method, path, ids, query, form));
                }
            }
        }
        throw known ? new RestError(405, 20004, "Method not allowed") : RestError.notFound(path);
    }

    private boolean authentic(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return false;
        }
        String given;
        try {
            given = new String(Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        var options = exchange.options;
        boolean key = options.apiKeys().entrySet().stream()
                .anyMatch(one -> same(one.getKey() + ":" + one.getValue(), given));
        return key || same(options.accountSid() + ":" + options.authToken(), given);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
