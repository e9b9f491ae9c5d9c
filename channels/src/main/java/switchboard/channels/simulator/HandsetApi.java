package switchboard.channels.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import switchboard.channels.simulator.RestRequest.Answer;

/// The handsets over HTTP, for the page and for scripts: `/handset/api/phones/{number}` shows one,
/// `.../events` streams it, and a POST below it acts. Bodies are JSON, and only `application/json` is taken, so that no
/// foreign page can post here from a form.
final class HandsetApi {
    private static final Pattern PATH = Pattern.compile("/handset/api/phones/([^/]+)(?:/([a-z]+))?");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{4,14}|client:[A-Za-z0-9_.@-]{1,121}");
    private static final int MESSAGES_SHOWN_MAX = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Exchange exchange;

    HandsetApi(Exchange exchange) {
        this.exchange = exchange;
    }

    Answer answer(String method, String path, String contentType, byte[] body) {
        var match = PATH.matcher(path);
        if (!match.matches() || !NUMBER.matcher(match.group(1)).matches()) {
            return problem(404, "There is no such handset.");
        }
        String number = match.group(1);
        String act = match.group(2) == null ? "" : match.group(2);
        if (method.equals("GET")) {
            return act.isEmpty() ? Answer.ok(view(number)) : act.equals("messages")
                    ? Answer.ok(new JsonObject().put("items", messages(number))) : problem(404, "Nothing is here.");
        }
        if (!method.equals("POST") || !contentType.startsWith("application/json")) {
            return problem(method.equals("POST") ? 415 : 405, "POST application/json");
        }
        try {
            act(number, act, body.length == 0 ? new JsonObject()
                    : new JsonObject(Buffer.buffer(body)));
            return Answer.ok(view(number));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return problem(400, "This is not understood: " + e.getMessage());
        } catch (IllegalStateException e) {
            return problem(409, e.getMessage());
        }
    }

    private void act(String number, String act, JsonObject body) {
        var handset = new Handset(exchange, number);
        switch (act) {
            case "messages" -> {
                String text = body.getString("text", "");
                if (text.isBlank() || text.length() > Texts.BODY_CHARACTERS_MAX) {
                    throw new IllegalArgumentException("a text has 1 to 1600 characters");
                }
                exchange.texts.fromHandset(number, company(body), text, List.of());
            }
            case "call" -> {
                if (!exchange.owns(company(body))) {
                    throw new IllegalStateException("the number is not in service");
                }
                handset.call();
            }
            case "answer" -> signal(number, new Signal.Answer());
            case "decline" -> signal(number, new Signal.HangUp("busy"));
            case "hangup" -> signal(number, new Signal.HangUp("canceled"));
            case "digits" -> body.getString("digits", "").chars().limit(50)
                    .forEach(key -> signal(number, new Signal.Digit((char) key)));
            case "speech" -> handset.say(current(number), body.getString("text", ""));
            case "outcome" -> outcome(number, body);
            default -> throw new IllegalArgumentException("unknown action " + act);
        }
    }

    private void outcome(String number, JsonObject body) {
        if (body.containsKey("calls")) {
            exchange.phones.outcome(number,
                    Handset.Outcome.valueOf(body.getString("calls").toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        if (body.containsKey("deliveryError")) {
            exchange.phones.deliveryError(number, body.getInteger("deliveryError", 0));
        }
        exchange.changed();
    }

    private String company(JsonObject body) {
        return body.getString("to", exchange.options.companyNumber());
    }

    private void signal(String number, Signal signal) {
        current(number).signal(signal);
    }

    private Call current(String number) {
        return exchange.calls.current(number).orElseThrow(() -> new IllegalStateException("the handset is in no call"));
    }

    /// Writes the view of a handset whenever it changes, as server-sent events, until the reader is gone.
    void stream(String path, HttpServerResponse response) {
        var match = PATH.matcher(path);
        if (!match.matches() || !NUMBER.matcher(match.group(1)).matches()) {
            response.setStatusCode(404).end();
            return;
        }
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store");
        response.closeHandler(_ -> exchange.changed());
        response.exceptionHandler(_ -> exchange.changed());
        String shown = "";
        while (!response.closed() && !Thread.currentThread().isInterrupted()) {
            String now = view(match.group(1)).encode();
            response.write(now.equals(shown) ? ": \n\n" : "data: " + now + "\n\n");
            shown = now;
            String before = now;
            exchange.await(HEARTBEAT, () -> response.closed() || !view(match.group(1)).encode().equals(before));
        }
    }

    private JsonObject view(String number) {
        var all = messages(number);
        return new JsonObject().put("number", number).put("company", exchange.options.companyNumber())
                .put("outcome", exchange.phones.outcome(number).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("messages", new JsonArray(all.getList()
                .subList(Math.max(0, all.size() - MESSAGES_SHOWN_MAX), all.size())))
                .put("call", exchange.calls.latest(number).map(this::view).orElse(null));
    }

    private JsonArray messages(String number) {
        var messages = new JsonArray();
        exchange.texts.of(number).forEach(text ->
                messages.add(new JsonObject().put("sid", text.sid()).put("at", text.created())
                .put("direction", text.from().equals(number) ? "sent" : "received").put("from", text.from())
                .put("to", text.to()).put("text", text.body()).put("media", new JsonArray(text.media()))));
        return messages;
    }

    private JsonObject view(Call call) {
        var lines = new JsonArray();
        call.heard.forEach(line -> lines.add(new JsonObject().put("at", line.at()).put("who", line.who())
                .put("text", line.text())));
        var participation = exchange.conferences.participation(call);
        return new JsonObject().put("sid", call.sid).put("with", call.peer())
                .put("direction", call.direction.equals("inbound") ? "outgoing" : "incoming").put("status", call.status)
                .put("place", call.place().name().toLowerCase(Locale.ROOT)).put("queued", call.queued)
                .put("muted", participation.map(one -> one.muted).orElse(false))
                .put("held", participation.map(one -> one.held).orElse(false))
                .put("startedAt", call.started).put("endedAt", call.ended).put("lines", lines);
    }

    private static Answer problem(int status, String detail) {
        return new Answer(status, "application/problem+json", new JsonObject().put("type", "about:blank")
                .put("title", detail).put("status", status).encode().getBytes(StandardCharsets.UTF_8));
    }
}
