package switchboard.channels.voice;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.queue.Member;
import com.twilio.type.Client;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import switchboard.channels.twilio.CarrierOutcome;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;

/// Carries out telephone commands. Whether a command is still wanted is asked at the moment it leaves: nobody is rung
/// for a call that has ended meanwhile.
final class VoiceCommands {
    private static final List<String> EVENTS = List.of("initiated", "ringing", "answered", "completed");
    private static final Duration SOON = Duration.ofMillis(400);
    private static final Delivery.Accepted DONE = new Delivery.Accepted(null, "done");
    private static final Delivery.Refused MOOT = new Delivery.Refused("moot", "The call has moved on");
    private static final Set<String> TALKING = Set.of("active", "held");
    private static final int NOT_FOUND = 20404;
    private static final int NOT_IN_PROGRESS = 21220;
    private static final int CUSTOMER_RING_SECONDS = 45;
    private static final int LISTED_MAX = 20;

    private final TwilioAccess access;
    private final Calls calls;
    private final VoiceAddresses addresses;
    private final Predicate<Outbox.Leased> held;

    VoiceCommands(TwilioAccess access, Calls calls, VoiceAddresses addresses,
            Predicate<Outbox.Leased> held) {
        this.held = held;
        this.access = access;
        this.calls = calls;
        this.addresses = addresses;
    }

    Delivery deliver(Outbox.Leased row) {
        var order = row.payload();
        var call = UUID.fromString(order.path("call").asText());
        var legs = calls.legs(call);
        if (legs.isEmpty()) return MOOT;
        boolean late = System.currentTimeMillis() > order.path("until").asLong();
        return switch (order.path("do").asText()) {
            case "ring" -> ring(row, call, legs.get(), order, late);
            case "dial" -> dial(row, call, legs.get(), order, late);
            case "connect" -> connect(call, legs.get(), order.path("leg").asInt(), late);
            case "hold" -> late ? MOOT : hold(call, legs.get(), order.path("hold").asBoolean());
            default -> drop(order.path("sid").asText());
        };
    }

    private Delivery ring(Outbox.Leased row, UUID call, Calls.Legs legs, JsonNode order, boolean late) {
        int leg = order.path("leg").asInt();
        if (!legs.state().equals("ringing-agent") || legs.leg() != leg) return MOOT;
        if (legs.agentCallSid() != null) return new Delivery.Accepted(legs.agentCallSid(), "ringing");
        var to = order.path("to").asText();
        var from = order.path("from").asText();
        var placed = row.uncertain() ? find(from, to) : Optional.<String>empty();
        if (placed.isEmpty() && late) return refused(call, leg, "late", "It was too late to ring");
        if (placed.isEmpty() && !held.test(row)) return Outbox.LOST;
        var outcome = placed.<CarrierOutcome>map(sid -> new CarrierOutcome.Accepted(sid, "ringing")).orElseGet(() ->
                access.attempt(twilio -> {
                    var made = Call.creator(endpoint(to), endpoint(from),
                            URI.create(addresses.step("agent", call, "leg", leg)))
                            .setTimeout(order.path("seconds").asInt())
                            .setStatusCallback(addresses.report("agent-status", call, leg))
                            .setStatusCallbackEvent(EVENTS).create(twilio);
                    return new CarrierOutcome.Accepted(made.getSid(), String.valueOf(made.getStatus()));
                }));
        return placed(outcome, call, leg);
    }

    private Delivery dial(Outbox.Leased row, UUID call, Calls.Legs legs, JsonNode order, boolean late) {
        if (!legs.state().equals("active")) return MOOT;
        if (legs.callSid() != null) return new Delivery.Accepted(legs.callSid(), "ringing");
        var to = order.path("to").asText();
        var from = order.path("from").asText();
        var placed = row.uncertain() ? find(from, to) : Optional.<String>empty();
        if (placed.isEmpty() && late) return refused(call, 0, "late", "It was too late to dial");
        if (placed.isEmpty() && !held.test(row)) return Outbox.LOST;
        var outcome = placed.<CarrierOutcome>map(sid -> new CarrierOutcome.Accepted(sid, "ringing")).orElseGet(() ->
                access.attempt(twilio -> {
                    var made = Participant.creator("call-" + call, endpoint(from), endpoint(to)).setLabel("customer")
                            .setEndConferenceOnExit(true).setBeep("false").setEarlyMedia(true)
                            .setTimeout(CUSTOMER_RING_SECONDS)
                            .setStatusCallback(addresses.report("customer-status", call)).setStatusCallbackEvent(EVENTS)
                            .create(twilio);
                    return new CarrierOutcome.Accepted(made.getCallSid(), String.valueOf(made.getStatus()));
                }));
        return placed(outcome, call, 0);
    }

    private Delivery placed(CarrierOutcome outcome, UUID call, int leg) {
        return switch (outcome) {
            case CarrierOutcome.Accepted(var sid, var status) -> {
                calls.placed(call, leg, sid);
                yield new Delivery.Accepted(sid, status);
            }
            case CarrierOutcome.Refused(int code, var message) -> refused(call, leg, String.valueOf(code), message);
            case CarrierOutcome.RetryLater later -> new Delivery.RetryLater(later.reason(), later.after());
            case CarrierOutcome.Unknown unknown -> new Delivery.Unknown(unknown.reason());
        };
    }

    private Delivery refused(UUID call, int leg, String code, String reason) {
        calls.refused(call, leg);
        return new Delivery.Refused(code, reason);
    }

    /// A leg that an attempt of unknown outcome made: live, between the same two numbers.
    private Optional<String> find(String from, String to) {
        return access.read(twilio -> {
            for (var made : Call.reader().setTo(to).setFrom(from).limit(LISTED_MAX).read(twilio)) {
                if (made.getStatus() != null && !VoiceDoors.over(made.getStatus()
                        .toString())) return Optional.of(made.getSid());
            }
            return Optional.<String>empty();
        });
    }

    /// One that fails for good leaves nobody alone on the line: the agent is let go, the caller waits on.
    private Delivery connect(UUID call, Calls.Legs legs, int leg, boolean late) {
        if (!TALKING.contains(legs.state()) || legs.leg() != leg) return MOOT;
        if (legs.joined()) return DONE;
        if (late) return unconnected(call, leg, new Delivery.Refused("late", "It was too late to connect"));
        if (legs.queueSid() == null) return new Delivery.RetryLater("The caller is not in the queue yet",
                Optional.of(SOON));
        var delivery = plain(access.attempt(twilio -> {
            Member.updater(legs.queueSid(), legs.callSid(), URI.create(addresses.step("connect", call))).update(twilio);
            return new CarrierOutcome.Accepted(null, "done");
        }), true);
        return delivery instanceof Delivery.Refused refused ? unconnected(call, leg, refused) : delivery;
    }

    private Delivery unconnected(UUID call, int leg, Delivery.Refused why) {
        calls.unconnected(call, leg);
        return why;
    }

    private Delivery hold(UUID call, Calls.Legs legs, boolean hold) {
        if (!legs.state().equals(hold ? "held" : "active")) return MOOT;
        var room = Optional.ofNullable(legs.conferenceSid()).or(() -> access.read(twilio -> {
            for (var one : Conference.reader().setFriendlyName("call-" + call).limit(1)
                    .read(twilio)) return Optional.of(one.getSid());
            return Optional.<String>empty();
        }));
        if (room.isEmpty()) return new Delivery.RetryLater("The two have not met yet", Optional.of(SOON));
        return plain(access.attempt(twilio -> {
            var change = Participant.updater(room.get(), "customer").setHold(hold);
            if (hold) change.setHoldUrl(addresses.step("hold", call));
            change.update(twilio);
            return new CarrierOutcome.Accepted(null, "done");
        }), true);
    }

    private Delivery drop(String sid) {
        return plain(access.attempt(twilio -> {
            Call.updater(sid).setStatus(Call.UpdateStatus.COMPLETED).update(twilio);
            return new CarrierOutcome.Accepted(null, "done");
        }), false);
    }

    /// Commands that may be given twice without harm.
    private static Delivery plain(CarrierOutcome outcome, boolean awaited) {
        return switch (outcome) {
            case CarrierOutcome.Accepted _ -> DONE;
            case CarrierOutcome.Refused(int code, var message) when code == NOT_FOUND || code == NOT_IN_PROGRESS ->
                    awaited ? new Delivery.RetryLater(message, Optional.of(SOON)) : DONE;
            case CarrierOutcome.Refused(int code, var message) -> new Delivery.Refused(String.valueOf(code), message);
            case CarrierOutcome.RetryLater later -> new Delivery.RetryLater(later.reason(), later.after());
            case CarrierOutcome.Unknown unknown -> new Delivery.RetryLater(unknown.reason(), Optional.of(SOON));
        };
    }

    private static Endpoint endpoint(String address) {
        return address.startsWith("client:") ? new Client(address.substring("client:".length()))
                : new PhoneNumber(address);
    }
}
