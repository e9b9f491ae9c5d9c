package switchboard.channels.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import switchboard.channels.simulator.Script.Next;
import switchboard.channels.simulator.Signal.Source;
import switchboard.channels.twilio.FormBody;

/// The verb Enqueue: a call waits in a queue and hears the documents of `waitUrl` again and again, until it leaves by
/// itself, is taken, is sent elsewhere, or hangs up. However it ends, the verb's action is told.
final class Waiting {
    private static final Duration FOREVER = Duration.ofHours(24);
    /// Between two requests of the same waiting document, however short that is.
    private static final Duration WAIT_DOCUMENT_MIN = Duration.ofMillis(200);

    private final Script script;
    private final Exchange exchange;
    private final Call call;

    Waiting(Script script) {
        this.script = script;
        exchange = script.exchange;
        call = script.call;
    }

    Next enqueue(Twiml document, Element verb) {
        var queue = exchange.queues.named(verb.getTextContent().strip());
        var entered = queue.enter(call, Twiml.number(verb, "maxQueueSize", Integer.MAX_VALUE));
        if (entered.isEmpty()) {
            return result(document, verb, queue, "queue-full", 0);
        }
        var member = entered.get();
        call.queued = true;
        call.place(Call.Place.QUEUED);
        try {
            waitFor(document, verb, queue, member);
            leave(queue, member);
            return result(document, verb, queue, "leave", member.seconds());
        } catch (Signal.TakenAway e) {
            leave(queue, member);
            return bridged(document, verb, queue, member, e.taken);
        } catch (Signal.Diverted e) {
            leave(queue, member);
            var told = result(document, verb, queue, "redirected", member.seconds());
            exchange.webhooks.threads().execute(() -> tell(told));
            throw e;
        } catch (Signal.Over e) {
            leave(queue, member);
            call.status = e.status;
            tell(result(document, verb, queue, "hangup", member.seconds()));
            throw e;
        }
    }

    private void leave(Queues.Queue queue, Queues.Member member) {
        call.queued = false;
        queue.leave(member);
        exchange.changed();
    }

    /// Returns when the call leaves by itself.
    private void waitFor(Twiml document, Element verb, Queues.Queue queue, Queues.Member member) {
        var url = Twiml.attribute(verb, "waitUrl").filter(text -> !text.isEmpty())
                .map(text -> script.resolve(document, text));
        if (url.isEmpty()) {
            call.hear("line", "♪");
            call.listen(FOREVER, _ -> false);
            return;
        }
        while (true) {
            var first = new Source(url.get(), Script.method(verb, "waitUrlMethod"), queue.fields(member),
                    Optional.empty());
            if (round(queue, member, first)) {
                return;
            }
            call.listen(WAIT_DOCUMENT_MIN, _ -> false);
        }
    }

    /// One waiting document and those it leads to; true when it says Leave.
    private boolean round(Queues.Queue queue, Queues.Member member, Source first) {
        Next next = script.perform(first);
        while (next instanceof Next.Goto(Source to)) {
            var fields = new ArrayList<>(queue.fields(member).fields());
            fields.addAll(to.fields().fields());
            next = script.perform(new Source(to.url(), to.method(), new FormBody(fields), to.inline()));
        }
        if (next instanceof Next.Finish(String status)) {
            throw new Signal.Over(status);
        }
        return next instanceof Next.Leave;
    }

    private Next bridged(Twiml document, Element verb, Queues.Queue queue, Queues.Member member, Signal.Taken taken) {
        try {
            taken.first().ifPresent(source -> script.perform(new Source(source.url(), source.method(),
                    FormBody.of("QueueSid", queue.sid(), "QueueTime", String.valueOf(member.seconds()),
                            "DequeingCallSid", taken.by().sid), Optional.empty())));
            call.bridgedWith = Optional.of(taken.by());
            taken.by().signal(new Signal.LegAnswered(call));
            call.place(Call.Place.CONNECTED);
            call.listen(FOREVER, signal -> signal instanceof Signal.Released);
            return result(document, verb, queue, "bridged", member.seconds());
        } catch (Signal.Over e) {
            call.status = e.status;
            tell(result(document, verb, queue, "bridged", member.seconds()));
            throw e;
        } catch (Signal.Diverted e) {
            var told = result(document, verb, queue, "redirected-from-bridged", member.seconds());
            exchange.webhooks.threads().execute(() -> tell(told));
            throw e;
        } finally {
            call.bridgedWith = Optional.empty();
            taken.by().signal(new Signal.LegOver(call));
        }
    }

    private Next result(Twiml document, Element verb, Queues.Queue queue, String result, long seconds) {
        return script.action(document, verb, false,
                List.of("QueueResult", result, "QueueSid", queue.sid(), "QueueTime", String.valueOf(seconds)));
    }

    /// Asks the action for what it has to say, which nobody hears any more.
    private void tell(Next action) {
        if (action instanceof Next.Goto(Source source)) {
            script.fetch(source);
        }
    }
}
