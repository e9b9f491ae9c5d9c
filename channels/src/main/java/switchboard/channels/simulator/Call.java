package switchboard.channels.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// One call leg between the carrier and one handset. Only its own thread moves it on; everyone else sends signals.
final class Call {
    /// What is happening on it, as its handset shows it.
    enum Place { RINGING, LISTENING, ASKED, RECORDING, QUEUED, CONNECTED, CONFERENCE, HELD, ENDED }

    /// Something that was heard. `who` is `line` for the machine, `self` for this handset, `other` for anyone else.
    record Heard(Instant at, String who, String text) {}

    final String sid;
    final String from;
    final String to;
    final String direction;
    final Optional<Call> parent;
    final Instant created = Instant.now();
    final AtomicInteger sequence = new AtomicInteger();
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Exchange exchange;
    volatile Optional<StatusCallback> callback;
    volatile String status;
    volatile Instant started;
    volatile Instant ended;
    /// Whether it waits in a queue, so that it can be taken.
    volatile boolean queued;
    /// The leg that it talks with, outside conferences.
    volatile Optional<Call> bridgedWith = Optional.empty();
    private volatile Place place = Place.RINGING;

    Call(Exchange exchange, String from, String to, String direction, Optional<Call> parent,
         Optional<StatusCallback> callback) {
        this.exchange = exchange;
        this.sid = Sid.next("CA");
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.parent = parent;
        this.callback = callback;
        this.status = direction.equals("inbound") ? "ringing" : "queued";
    }

    /// The handset at the other end.
    String handset() {
        return direction.equals("inbound") ? from : to;
    }

    /// Whom the handset sees.
    String peer() {
        return direction.equals("inbound") ? to : from;
    }

    Place place() {
        return place;
    }

    void place(Place now) {
        if (place != now && place != Place.ENDED) {
            place = now;
            exchange.changed();
        }
    }

    boolean over() {
        return ended != null;
    }

    boolean answered() {
        return started != null;
    }

    void hear(String who, String text) {
        heard.add(new Heard(Instant.now(), who, text));
        exchange.changed();
    }

    void signal(Signal signal) {
        signals.add(signal);
    }

    /// Lets this much time pass, or returns the first signal that is wanted; others are lost, as on a telephone.
    /// Hanging up and diverting always get through.
    Optional<Signal> listen(Duration atMost, Predicate<Signal> wanted) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Signal next = take(end);
            switch (next) {
                case null -> {
                    return Optional.empty();
                }
                case Signal.HangUp(String how) -> throw new Signal.Over(answered() ? "completed" : how);
                case Signal.Divert(Signal.Source to) -> throw new Signal.Diverted(to);
                case Signal.Taken taken when queued -> throw new Signal.TakenAway(taken);
                case Signal.Taken taken -> taken.by().signal(new Signal.LegOver(this));
                default -> {
                    if (wanted.test(next)) {
                        return Optional.of(next);
                    }
                }
            }
        }
    }

    private Signal take(long end) {
        try {
            return signals.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Signal.Over("failed");
        }
    }

    long seconds() {
        return started == null || ended == null ? 0 : Math.max(1, Duration.between(started, ended).toSeconds());
    }

    JsonObject json(String account) {
        String path = "/2010-04-01/Accounts/" + account + "/Calls/" + sid;
        return new JsonObject().put("sid", sid).put("account_sid", account).put("api_version", "2010-04-01")
                .put("parent_call_sid", parent.map(leg -> leg.sid).orElse(null)).put("from", from)
                .put("from_formatted", from)
                .put("to", to).put("to_formatted", to).put("phone_number_sid", null).put("status", status)
                .put("direction", direction).put("date_created", RestRequest.date(created))
                .put("date_updated", RestRequest.date(ended == null ? created : ended))
                .put("start_time", RestRequest.date(started)).put("end_time", RestRequest.date(ended))
                .put("duration", ended == null ? null : String.valueOf(seconds())).put("price", null)
                .put("price_unit", "USD")
                .put("answered_by", null).put("forwarded_from", null).put("group_sid", null).put("caller_name", null)
                .put("queue_time", "0").put("trunk_sid", null).put("uri", path + ".json")
                .put("subresource_uris", new JsonObject().put("recordings", path + "/Recordings.json"));
    }

    /// What the log keeps of it.
    JsonObject kept() {
        var lines = new JsonArray();
        heard.forEach(line -> lines.add(new JsonObject().put("at", line.at()).put("who", line.who())
                .put("text", line.text())));
        return json(exchange.options.accountSid()).put("heard", lines);
    }
}
