package switchboard.channels.simulator;

import static switchboard.channels.simulator.RestError.bad;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// Calls: the resource, setting them up and ending them, and telling the company about each step.
final class Calls {
    static final int TIMEOUT_SECONDS = 60;
    private static final Map<String, Integer> REFUSED = Map.of("+15005550001", 21217, "+15005550002", 21214,
            "+15005550003", 21215, "+15005550004", 21216);

    private final Map<String, Call> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<JsonObject> earlier;
    private final Exchange exchange;

    Calls(Exchange exchange) {
        this.exchange = exchange;
        earlier = exchange.file.remembered("call");
    }

    Answer create(RestRequest request) {
        String to = request.field("To").orElseThrow(() -> bad(21201, "No 'To' number is specified"));
        String from = request.field("From").orElseThrow(() -> bad(21213, "No 'From' number is specified"));
        check(from, to);
        if (request.field("Url").isEmpty() && request.field("Twiml").isEmpty()) {
            throw bad(21205, "Url parameter is required.");
        }
        var call = new Call(exchange, from, to, "outbound-api", Optional.empty(),
                request.callback("StatusCallback", List.of("completed")));
        int timeout = request.field("Timeout").map(Integer::parseInt).orElse(TIMEOUT_SECONDS);
        var answer = Answer.created(call.json(exchange.options.accountSid()));
        dial(call, Duration.ofSeconds(timeout), script -> script.follow(source(request).orElseThrow()), _ -> {});
        return answer;
    }

    void check(String from, String to) {
        Integer code = REFUSED.get(to);
        if (code != null) {
            throw bad(code, "The number " + to + " cannot be called: " + code);
        }
        if (!exchange.owns(from) && !from.startsWith("client:")) {
            throw bad(21210, "The source phone number " + from + " is not yet verified for this account.");
        }
        if (!to.matches("\\+[1-9][0-9]{6,14}|(client|sip):.+")) {
            throw bad(21211, "Invalid 'To' Phone Number: " + to);
        }
    }

    Answer fetch(RestRequest request) {
        return Answer.ok(json(request));
    }

    Answer list(RestRequest request) {
        var all = new ArrayList<>(earlier.stream().map(Calls::withoutWords).toList());
        live().forEach(call -> all.add(call.json(exchange.options.accountSid())));
        return request.page("calls", all.reversed().stream()
                .filter(call -> request.matches("Status", call.getString("status"))
                        && request.matches("To", call.getString("to"))
                        && request.matches("From", call.getString("from"))
                        && request.matches("ParentCallSid", String.valueOf(call.getString("parent_call_sid"))))
                .toList());
    }

    /// Sends a live call to another document, or ends it.
    Answer update(RestRequest request) {
        var call = existing(request);
        if (call.over()) {
            throw bad(21220, "Call is not in-progress. Cannot redirect.");
        }
        var status = request.field("Status");
        if (status.isPresent()) {
            if (status.get().equals("canceled") && call.answered()) {
                throw bad(21219, "The call is in progress and cannot be canceled.");
            }
            end(call, "canceled");
        } else {
            var source = source(request).orElseThrow(() -> bad(21218, "Url, Twiml or Status is required."));
            if (!call.answered()) {
                throw bad(21220, "Call is not in-progress. Cannot redirect.");
            }
            call.signal(new Signal.Divert(source));
        }
        request.callback("StatusCallback", List.of("completed"))
                .ifPresent(callback -> call.callback = Optional.of(callback));
        return Answer.ok(call.json(exchange.options.accountSid()));
    }

    Answer delete(RestRequest request) {
        var call = existing(request);
        bySid.remove(call.sid);
        exchange.file.remember("call", call.sid, null);
        return Answer.noContent();
    }

    static Optional<Signal.Source> source(RestRequest request) {
        return request.field("Url").map(url -> Signal.Source.at(url, request.field("Method").orElse("POST")))
                .or(() -> request.field("Twiml").map(Signal.Source::inline));
    }

    /// Ends a call and waits until it is over, so that the next question is answered rightly.
    void end(Call call, String statusIfNotAnswered) {
        call.signal(new Signal.HangUp(statusIfNotAnswered));
        exchange.settle(call::over);
    }

    /// A handset calls the company's number.
    Call fromHandset(String from, String to) {
        var callback = new StatusCallback(exchange.options.statusUrl().toString(), "POST", List.of("completed"));
        var call = new Call(exchange, from, to, "inbound", Optional.empty(), Optional.of(callback));
        put(call);
        run(call, () -> {
            var first = Signal.Source.at(exchange.options.voiceUrl().toString(), "POST");
            new Script(exchange, call).follow(first);
        }, _ -> {});
        return call;
    }

    /// Sets up a call to a handset.
    ///
    /// @param answered what the call does once the handset has picked up, on the call's own thread
    /// @param over told when the call is over, whatever it did
    void dial(Call call, Duration timeout, Consumer<Script> answered, Consumer<Call> over) {
        boolean busy = current(call.handset()).isPresent();
        put(call);
        run(call, () -> {
            // The handset page shows a call before it rings, so an answer may come during set-up.
            boolean picked = call.listen(exchange.options.pace().carrierDelay(), Calls::answer).isPresent();
            tell(call, "initiated", "initiated");
            ring(call, timeout, busy, picked);
            begin(call);
            answered.accept(new Script(exchange, call));
        }, over);
    }

    private static boolean answer(Signal signal) {
        return signal instanceof Signal.Answer;
    }

    private void ring(Call call, Duration timeout, boolean busy, boolean answered) {
        var outcome = busy ? Handset.Outcome.BUSY : exchange.phones.outcome(call.handset());
        if (outcome == Handset.Outcome.BUSY || outcome == Handset.Outcome.FAILED) {
            throw new Signal.Over(outcome == Handset.Outcome.BUSY ? "busy" : "failed");
        }
        tell(call, "ringing", "ringing");
        exchange.changed();
        var wait = outcome == Handset.Outcome.RING ? timeout : exchange.options.pace().carrierDelay().multipliedBy(4);
        boolean picked = answered || call.listen(wait, Calls::answer).isPresent();
        if (!picked && outcome != Handset.Outcome.ANSWER) {
            throw new Signal.Over("no-answer");
        }
    }

    /// The call is answered: by the handset, or by the line.
    void begin(Call call) {
        if (!call.answered()) {
            call.started = Instant.now();
            call.place(Call.Place.LISTENING);
            tell(call, "in-progress", "answered");
        }
    }

    private void run(Call call, Runnable life, Consumer<Call> over) {
        exchange.webhooks.threads().execute(() -> {
            String status = "completed";
            try {
                untilDiverted(call, life);
            } catch (Signal.Over e) {
                status = e.status;
            } catch (RuntimeException e) {
                exchange.problem("the call " + call.sid + " broke: " + e);
                status = "failed";
            } finally {
                finish(call, status);
                over.accept(call);
            }
        });
    }

    private void untilDiverted(Call call, Runnable life) {
        try {
            life.run();
        } catch (Signal.Diverted e) {
            new Script(exchange, call).follow(e.to);
        }
    }

    private void finish(Call call, String status) {
        call.status = status;
        call.ended = Instant.now();
        exchange.recordings.callOver(call);
        call.place(Call.Place.ENDED);
        exchange.file.remember("call", call.sid, call.kept());
        tell(call, status, "completed");
        exchange.changed();
    }

    /// Moves the call to a status and tells who asked for the event.
    private void tell(Call call, String status, String event) {
        call.status = status.equals("initiated") ? "queued" : status;
        call.callback.filter(callback -> callback.wants(event)).ifPresent(callback -> {
            var form = parameters(call, status).with("CallbackSource", "call-progress-events")
                    .with("SequenceNumber", String.valueOf(call.sequence.getAndIncrement()))
                    .with("Timestamp", RestRequest.date(Instant.now()));
            form = call.over() ? form.with("CallDuration", String.valueOf(call.seconds()))
                    .with("Duration", String.valueOf((call.seconds() + 59) / 60)) : form;
            exchange.webhooks.report(call.sid, callback.url(), callback.method(), form);
        });
    }

    /// The fields that every request about a call carries.
    FormBody parameters(Call call, String status) {
        var form = FormBody.of("CallSid", call.sid, "AccountSid", exchange.options.accountSid(), "From", call.from,
                "To", call.to, "CallStatus", status, "ApiVersion", "2010-04-01", "Direction", call.direction,
                "Caller", call.from, "Called", call.to);
        return call.parent.isPresent() ? form.with("ParentCallSid", call.parent.get().sid) : form;
    }

    /// The call that a handset is in, if any.
    Optional<Call> current(String handset) {
        return live().reversed().stream().filter(call -> !call.over() && call.handset().equals(handset)).findFirst();
    }

    /// The last call of a handset, over or not.
    Optional<Call> latest(String handset) {
        return live().reversed().stream().filter(call -> call.handset().equals(handset)).findFirst();
    }

    Optional<Call> bySid(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    private void put(Call call) {
        bySid.put(call.sid, call);
        exchange.changed();
    }

    List<Call> live() {
        synchronized (bySid) {
            return List.copyOf(bySid.values());
        }
    }

    private Call existing(RestRequest request) {
        return bySid(request.id()).orElseThrow(() -> RestError.notFound(request.path()));
    }

    private JsonObject json(RestRequest request) {
        return bySid(request.id()).map(call -> call.json(exchange.options.accountSid()))
                .or(() -> earlier.stream().filter(call -> call.getString("sid").equals(request.id())).findFirst()
                        .map(Calls::withoutWords))
                .orElseThrow(() -> RestError.notFound(request.path()));
    }

    private static JsonObject withoutWords(JsonObject kept) {
        var json = kept.copy();
        json.remove("heard");
        return json;
    }
}
