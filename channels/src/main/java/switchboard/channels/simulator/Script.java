package switchboard.channels.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import switchboard.channels.simulator.Signal.Source;
import switchboard.channels.twilio.FormBody;

/// One call working through its documents, verb by verb, on the call's own thread.
final class Script {
    /// What comes after a verb.
    sealed interface Next {
        record GoOn() implements Next {}

        record Goto(Source source) implements Next {}

        record Finish(String status) implements Next {}

        record Leave() implements Next {}

        Next GO_ON = new GoOn();
    }

    /// A pacing floor for documents that take no time, so that two that redirect to each other do not spin.
    private static final Duration TURN_MIN = Duration.ofMillis(20);
    private static final int TURNS_MAX = 5000;

    final Exchange exchange;
    final Call call;
    private final Listening listening;

    Script(Exchange exchange, Call call) {
        this.exchange = exchange;
        this.call = call;
        listening = new Listening(this);
    }

    /// Follows documents until the call is over. Throws [Signal.Over] with the status to end with.
    void follow(Source first) {
        Source source = first;
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            Next next;
            try {
                next = perform(source);
            } catch (Signal.Diverted diverted) {
                next = new Next.Goto(diverted.to);
            }
            switch (next) {
                case Next.Goto(Source to) -> source = to;
                case Next.Finish(String status) -> throw new Signal.Over(status);
                case Next.GoOn _, Next.Leave _ -> throw new Signal.Over("completed");
            }
            if (turn > 3) {
                call.listen(TURN_MIN, _ -> false);
            }
        }
        exchange.problem("the call " + call.sid + " goes in circles");
        throw new Signal.Over("failed");
    }

    /// Runs one document to its end.
    Next perform(Source source) {
        var document = fetch(source);
        if (document.isEmpty()) {
            exchange.calls.begin(call);
            listening.say("We are sorry, an application error has occurred. Goodbye.");
            return new Next.Finish("completed");
        }
        return perform(document.get());
    }

    Next perform(Twiml document) {
        for (Element verb : document.verbs()) {
            if (!verb.getTagName().equals("Reject")) {
                exchange.calls.begin(call);
            }
            Next next = perform(document, verb);
            if (!(next instanceof Next.GoOn)) {
                return next;
            }
        }
        exchange.calls.begin(call);
        return Next.GO_ON;
    }

    /// Asks for a document with the call's fields and the source's own; empty when there is none to be had.
    Optional<Twiml> fetch(Source source) {
        if (source.inline().isPresent()) {
            return Twiml.parse(source.url(), source.inline().get(), exchange::problem);
        }
        var fields = new ArrayList<>(exchange.calls.parameters(call, call.status).fields());
        fields.addAll(source.fields().fields());
        var reply = exchange.webhooks.ask(source.url(), source.method(), new FormBody(fields));
        return reply.ok() ? Twiml.parse(reply, exchange::problem) : Optional.empty();
    }

    private Next perform(Twiml document, Element verb) {
        return switch (verb.getTagName()) {
            case "Say", "Play", "Pause" -> {
                call.place(call.queued ? Call.Place.QUEUED : Call.Place.LISTENING);
                listening.sound(verb, document.url(), _ -> false);
                yield Next.GO_ON;
            }
            case "Gather" -> listening.gather(document, verb);
            case "Record" -> listening.record(document, verb);
            case "Dial" -> new Dialing(this).dial(document, verb);
            case "Enqueue" -> new Waiting(this).enqueue(document, verb);
            case "Redirect" -> new Next.Goto(Source.at(resolve(document, verb.getTextContent().strip()),
                    method(verb, "method")));
            case "Leave" -> new Next.Leave();
            case "Hangup" -> new Next.Finish("completed");
            case "Reject" -> new Next.Finish(Twiml.attribute(verb, "reason").orElse("rejected").equals("busy") ? "busy"
                    : "no-answer");
            default -> {
                exchange.problem("12200 " + document.url() + ": " + verb.getTagName() + " cannot stand here");
                yield Next.GO_ON;
            }
        };
    }

    /// The verb's `action` with what it found out; without one, the current document again or the next verb.
    Next action(Twiml document, Element verb, boolean currentOtherwise, List<String> namesAndValues) {
        var action = Twiml.attribute(verb, "action").filter(url -> !url.isEmpty());
        if (action.isEmpty() && !currentOtherwise) {
            return Next.GO_ON;
        }
        String url = resolve(document, action.orElse(document.url()));
        var fields = FormBody.of(namesAndValues.toArray(String[]::new));
        return new Next.Goto(new Source(url, method(verb, "method"), fields, Optional.empty()));
    }

    static String method(Element verb, String attribute) {
        return Twiml.attribute(verb, attribute).orElse("POST");
    }

    String resolve(Twiml document, String url) {
        if (url.startsWith("http://") || url.startsWith("https://")) {
            return url;
        }
        if (document.url().isEmpty()) {
            exchange.problem("11100 the relative URL '" + url + "' stands in a document that has no address");
            return url;
        }
        return URI.create(document.url()).resolve(url).toString();
    }
}
