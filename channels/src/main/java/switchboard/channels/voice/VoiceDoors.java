package switchboard.channels.voice;

import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import switchboard.channels.twilio.SignedDoor;
import switchboard.channels.twilio.SignedDoor.Answer;
import switchboard.channels.twilio.SignedDoor.Hook;
import switchboard.channels.twilio.SignedDoor.Refused;
import switchboard.channels.twilio.Typed;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.call.CallDesk;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.call.Next;
import switchboard.ticketing.call.PhoneLine;
import switchboard.ticketing.intake.Received;

/// The steps of a call at which the carrier asks what to do next, and the reports that it sends beside them.
final class VoiceDoors {
    private static final Set<String> ENDINGS = Set.of("participant-leave", "conference-end");
    private static final int MOMENTS_MAX = 5;

    private final Database database;
    private final Calls calls;
    private final CallDesk desk;
    private final Ledger ledger;
    private final VoiceAddresses addresses;
    private final TwimlPage page;

    VoiceDoors(Database database, Calls calls, Ledger ledger, VoiceAddresses addresses, TwimlPage page) {
        this.database = database;
        this.calls = calls;
        this.desk = calls.desk();
        this.ledger = ledger;
        this.addresses = addresses;
        this.page = page;
    }

    void mount(SignedDoor door, Router router) {
        door.open(router, VoiceAddresses.BASE, this::enter);
        ask(door, router, "menu", (tx, hook) -> desk.chosen(tx, call(hook), digits(hook), number(hook, "try")));
        ask(door, router, "left", (tx, hook) -> desk.left(tx, call(hook), result(hook)));
        ask(door, router, "wish", (tx, hook) -> desk.wished(tx, call(hook), digits(hook)));
        ask(door, router, "connect", (tx, hook) -> desk.connecting(tx, call(hook)));
        ask(door, router, "after", (tx, hook) -> desk.goodbye(tx, call(hook), "over"));
        ask(door, router, "recorded", (tx, hook) -> desk.goodbye(tx, call(hook), "thanks"));
        ask(door, router, "agent", (tx, hook) -> desk.agentUp(tx, call(hook), number(hook, "leg"), sid(hook)));
        door.open(router, VoiceAddresses.BASE + "/wait", this::waiting);
        door.open(router, VoiceAddresses.BASE + "/hold", hook ->
                Optional.of(Answer.twiml(page.hold(calls.legs(call(hook)).map(Calls.Legs::language).orElse("en")))));
        door.open(router, VoiceAddresses.BASE + "/agent-status", this::agentStatus);
        door.open(router, VoiceAddresses.BASE + "/customer-status", this::customerStatus);
        door.open(router, VoiceAddresses.BASE + "/conference", this::conference);
        door.open(router, VoiceAddresses.BASE + "/recording", this::recording);
        door.open(router, "/webhooks/twilio/status", this::status);
    }

    private Optional<Answer> enter(Hook hook) {
        var sid = sid(hook);
        var from = Typed.SENDER.optional(hook, "From").replace("\0", "");
        var line = PhoneLine.find(database.sql(), Typed.NUMBER.required(hook, "To"))
                .orElseThrow(() -> new Refused("To"));
        return Optional.of(document(hook, "enter", sid, sid + "|enter", (tx, origin) ->
                desk.entered(tx, origin, sid, from, line)));
    }

    private void ask(SignedDoor door, Router router, String step, BiFunction<Sql, Hook, Next> next) {
        door.open(router, VoiceAddresses.BASE + "/" + step, hook -> {
            var key = sid(hook) + "|" + step + "|" + call(hook) + "|" + hook.query().get("try") + "|" + hook.query()
                    .get("leg")
                    + "|" + (step.equals("wish") ? hook.get("QueueTime") + digits(hook) : "");
            return Optional.of(document(hook, step, call(hook).toString(), key, (tx, _) -> next.apply(tx, hook)));
        });
    }

    private Answer document(Hook hook, String step, String lane, String key, BiFunction<Sql, Received.Origin,
            Next> next) {
        return ledger.answer("call:" + lane, key, step, hook.raw(), (tx, origin) -> page.render(next.apply(tx, origin)))
                .map(Answer::twiml).orElseGet(() -> Answer.twiml(again(hook, step)));
    }

    /// The same step once more, with what was pressed; after a few times the caller is told to call later.
    private String again(Hook hook, String step) {
        int moments = hook.query().get("again").matches("[0-9]") ? Integer.parseInt(hook.query().get("again")) : 0;
        if (moments >= MOMENTS_MAX) return page.sorry();
        var url = new StringBuilder(addresses.publicUrl() + VoiceAddresses.BASE
                + (step.equals("enter") ? "" : "/" + step) + "?");
        for (var name : new String[] {"call", "try", "leg"}) {
            if (!hook.query().get(name).isEmpty()) url.append(name).append('=').append(hook.query().get(name))
                    .append('&');
        }
        if (!digits(hook).isEmpty()) url.append("digits=").append(digits(hook).replace("#", "%23")).append('&');
        if (!result(hook).isEmpty()) url.append("result=").append(result(hook)).append('&');
        return page.moment(url + "again=" + (moments + 1));
    }

    /// Asked again and again with nothing to remember; only the answer counts.
    private Optional<Answer> waiting(Hook hook) {
        var queue = Typed.QUEUE.required(hook, "QueueSid");
        long position = Long.parseLong("0" + Typed.COUNT.optional(hook, "QueuePosition"));
        long waited = Long.parseLong("0" + Typed.COUNT.optional(hook, "QueueTime"));
        var next = database.transaction(tx -> desk.waiting(tx, call(hook), queue, position, waited));
        calls.committed();
        return Optional.of(Answer.twiml(page.render(next)));
    }

    private Answer report(Hook hook, String lane, String key, String step, java.util.function.Consumer<Sql> work) {
        return ledger.answer("call:" + lane, key, step, hook.raw(), (tx, _) -> {
            work.accept(tx);
            return "";
        }).map(_ -> Answer.EMPTY).orElse(Answer.LATER);
    }

    private Optional<Answer> agentStatus(Hook hook) {
        var status = Typed.WORD.required(hook, "CallStatus");
        int leg = number(hook, "leg");
        return Optional.of(report(hook, call(hook).toString(), sid(hook) + "|agent-status|" + leg + "|" + status,
                "agent-status", tx -> {
            if (over(status)) desk.agentGone(tx, call(hook), leg, status);
        }));
    }

    private Optional<Answer> customerStatus(Hook hook) {
        var status = Typed.WORD.required(hook, "CallStatus");
        return Optional.of(report(hook, call(hook).toString(), sid(hook) + "|customer-status|" + status,
                "customer-status", tx -> {
            if (status.equals("in-progress")) desk.customerUp(tx, call(hook));
            if (over(status)) desk.customerGone(tx, call(hook));
        }));
    }

    private Optional<Answer> conference(Hook hook) {
        var room = Typed.CONFERENCE.required(hook, "ConferenceSid");
        var event = Typed.WORD.required(hook, "StatusCallbackEvent");
        return Optional.of(report(hook, call(hook).toString(), room + "|" + event + "|"
                + Typed.COUNT.required(hook, "SequenceNumber"),
                "conference", tx -> {
            // The end of a room that nobody was brought to may be told when they have met in another.
            if (!ENDINGS.contains(event)) desk.met(tx, call(hook), room);
        }));
    }

    private Optional<Answer> recording(Hook hook) {
        var recording = Typed.RECORDING.required(hook, "RecordingSid");
        var status = Typed.WORD.required(hook, "RecordingStatus");
        return Optional.of(report(hook, call(hook).toString(), recording + "|" + status, "recording", tx -> {
            if (status.equals("completed")) desk.recorded(tx, call(hook), recording);
        }));
    }

    /// How calls to our number ended. A text's report at the same address was taken by the door before.
    private Optional<Answer> status(Hook hook) {
        if (hook.form().first("CallSid").isEmpty()) return Optional.empty();
        var status = Typed.WORD.required(hook, "CallStatus");
        var sid = sid(hook);
        return Optional.of(report(hook, sid, sid + "|status|" + status, "status", tx -> {
            if (over(status)) desk.customerGone(tx, sid);
        }));
    }

    static boolean over(String status) {
        return switch (status) {
            case "completed", "busy", "failed", "no-answer", "canceled" -> true;
            default -> false;
        };
    }

    private static String sid(Hook hook) {
        return Typed.CALL.required(hook, "CallSid");
    }

    private static UUID call(Hook hook) {
        try {
            return UUID.fromString(hook.query().get("call"));
        } catch (IllegalArgumentException none) {
            throw new Refused("call");
        }
    }

    private static int number(Hook hook, String name) {
        var text = hook.query().get(name);
        if (!text.matches("[0-9]{1,4}")) throw new Refused(name);
        return Integer.parseInt(text);
    }

    private static String digits(Hook hook) {
        var digits = Typed.DIGITS.optional(hook, "Digits");
        return digits.isEmpty() && hook.query().get("digits").matches("[0-9#*]{0,32}") ? hook.query().get("digits")
                : digits;
    }

    private static String result(Hook hook) {
        var result = Typed.WORD.optional(hook, "QueueResult");
        return result.isEmpty() && hook.query().get("result").matches("[a-z-]{0,30}") ? hook.query().get("result")
                : result;
    }
}
