package switchboard.channels.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One telephone at the other end: it texts and calls the company, and is texted and called. Its number is E.164, or
/// `client:<identity>` for an agent's softphone. For people there is the page `/handset/`; this is for scripts.
///
/// A method that needs something to happen first (to be asked for a key, to ring) waits for it, [#PATIENCE] at most,
/// and then fails with an [IllegalStateException] that says what the handset was doing.
public final class Handset {
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /// What it does when it is called.
    public enum Outcome {
        /// It rings until somebody answers or declines.
        RING,
        /// It answers by itself.
        ANSWER,
        BUSY,
        /// It rings shortly, and nobody comes.
        NO_ANSWER,
        FAILED
    }

    /// A text that it received.
    public record Received(Instant at, String from, String text) {}

    private final Exchange exchange;
    private final String number;

    Handset(Exchange exchange, String number) {
        this.exchange = exchange;
        this.number = number;
    }

    public String number() {
        return number;
    }

    /// Sends a text to the company's number.
    ///
    /// @return its SID
    public String text(String body) {
        return exchange.texts.fromHandset(number, exchange.options.companyNumber(), body, List.of()).sid();
    }

    /// Sends a picture message to the company's number.
    public String picture(String body, List<String> mediaUrls) {
        return exchange.texts.fromHandset(number, exchange.options.companyNumber(), body, mediaUrls).sid();
    }

    /// The texts that arrived, oldest first.
    public List<Received> received() {
        return exchange.texts.of(number).stream().filter(text -> text.to().equals(number))
                .map(text -> new Received(text.sent(), text.from(), text.body())).toList();
    }

    public void awaitText(String part) {
        await("a text with '" + part + "'", () -> received().stream().anyMatch(text -> text.text().contains(part)));
    }

    /// From now on texts to it fail with this code, 30003 for example; 0: they arrive again.
    public void deliveryFails(int code) {
        exchange.phones.deliveryError(number, code);
    }

    public void whenCalled(Outcome outcome) {
        exchange.phones.outcome(number, outcome);
    }

    /// Calls the company.
    ///
    /// @return the SID of the call
    public String call() {
        if (exchange.calls.current(number).isPresent()) {
            throw new IllegalStateException(number + " is in a call");
        }
        return exchange.calls.fromHandset(number, exchange.options.companyNumber()).sid;
    }

    public void awaitRinging() {
        await("to ring", () -> current().filter(call -> call.status.equals("ringing")
                && !call.direction.equals("inbound")).isPresent());
    }

    public void answer() {
        awaitRinging();
        current().orElseThrow().signal(new Signal.Answer());
        await("to be answered", () -> current().filter(Call::answered).isPresent());
    }

    public void decline() {
        awaitRinging();
        current().orElseThrow().signal(new Signal.HangUp("busy"));
        awaitOver();
    }

    /// Presses keys, one after the other, as soon as the line asks for them.
    public void press(String keys) {
        awaitAsked();
        current().orElseThrow();
        keys.chars().forEach(key -> live().signal(new Signal.Digit((char) key)));
    }

    /// Says something, as soon as the line asks for it, records, or has somebody who listens.
    public void speak(String text) {
        await("to be asked", () -> current().filter(call -> switch (call.place()) {
            case ASKED, RECORDING, CONNECTED, CONFERENCE, HELD -> true;
            case RINGING, LISTENING, QUEUED, ENDED -> false;
        }).isPresent());
        say(live(), text);
    }

    void say(Call call, String text) {
        call.hear("self", text);
        call.signal(new Signal.Speech(text));
        call.bridgedWith.ifPresent(other -> other.hear("other", text));
        exchange.conferences.speak(call, text);
    }

    public void hangUp() {
        var call = live();
        call.signal(new Signal.HangUp(call.direction.equals("inbound") ? "canceled" : "busy"));
        awaitOver();
    }

    /// Waits until the line asks for keys or speech, or records.
    public void awaitAsked() {
        await("to be asked", () -> current().filter(call ->
                call.place() == Call.Place.ASKED || call.place() == Call.Place.RECORDING).isPresent());
    }

    public void awaitQueued() {
        await("to be in a queue", () -> current().filter(call -> call.queued).isPresent());
    }

    public void awaitConference() {
        await("to be in a conference", () -> place() == Call.Place.CONFERENCE);
    }

    public void awaitHeld() {
        await("to be held", () -> place() == Call.Place.HELD);
    }

    public void awaitConnected() {
        await("to be connected", () -> place() == Call.Place.CONNECTED);
    }

    public void awaitOver() {
        await("to be in no call", () -> current().isEmpty());
    }

    /// Waits until this has been heard in the current or the last call.
    public void awaitHeard(String part) {
        await("to hear '" + part + "'", () -> heard().stream().anyMatch(text -> text.contains(part)));
    }

    /// What it heard and said in its current or last call.
    public List<String> heard() {
        return exchange.calls.latest(number).stream().flatMap(call -> call.heard.stream()).map(Call.Heard::text)
                .toList();
    }

    /// The current call's SID.
    public Optional<String> callSid() {
        return current().map(call -> call.sid);
    }

    private Optional<Call> current() {
        return exchange.calls.current(number);
    }

    private Call live() {
        return current().orElseThrow(() -> new IllegalStateException(number + " is in no call"));
    }

    private Call.Place place() {
        return current().map(Call::place).orElse(Call.Place.ENDED);
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        if (!exchange.await(PATIENCE, condition)) {
            throw new IllegalStateException(number + " waited for " + what + "; it is " + place() + " and heard "
                    + heard());
        }
    }
}
