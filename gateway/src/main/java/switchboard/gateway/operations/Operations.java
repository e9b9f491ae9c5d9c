package switchboard.gateway.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Problem;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;

/// What operators ask: is it alive, may it have traffic, and how long are its queues. Nothing here names a customer.
public final class Operations {
    private final Database database;
    private final Ephemeral store;
    private final AtomicLong redisUp = new AtomicLong();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final Map<String, AtomicLong> numbers = new TreeMap<>();
    private final MultiGauge outbox = MultiGauge.builder("switchboard.outbox.depth")
            .description("Effects that have not left, by channel and state").register(meters);

    private static final List<String> NUMBERS = List.of("inbox.depth", "inbox.oldest.seconds", "inbox.quarantined",
            "outbox.oldest.due.seconds", "sequencer.pending", "sequencer.lag.seconds", "sessions.live");

    public Operations(Database database, Ephemeral store) {
        this.database = database;
        this.store = store;
        if (store.state() != Ephemeral.State.IN_PROCESS) {
            Gauge.builder("switchboard.redis.up", redisUp, AtomicLong::doubleValue)
                    .description("1 when Redis answers; without it presence and limits are this node's own")
                    .register(meters);
        }
        for (var name : NUMBERS) {
            var number = new AtomicLong();
            numbers.put(name, number);
            Gauge.builder("switchboard." + name, number, AtomicLong::doubleValue).register(meters);
        }
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        gc();
    }

    @SuppressWarnings("resource") // lives as long as the program
    private void gc() {
        new JvmGcMetrics().bindTo(meters);
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /// Traffic is welcome from now on, or no longer.
    public void ready(boolean now) {
        ready.set(now);
    }

    /// @param operators throws a `Failure` for who may not read the figures; blocks
    public void mount(Router router, Consumer<HttpServerRequest> operators) {
        router.get("/health/live").handler(context -> json(context, Map.of("status", "live")));
        router.get("/health/ready").handler(context -> aside(context, () -> {
            if (!ready.get()) return () -> Api.send(context, Problem.of(503, "unavailable", "Starting or stopping"));
            database.sql().query("select 1");
            // Said, not asked for: everything works without it.
            var redis = switch (store.state()) {
                case UP -> "up";
                case GONE -> "gone";
                case IN_PROCESS -> "in-process";
            };
            return () -> json(context, Map.of("status", "ready", "redis", redis));
        }));
        router.get("/metrics").handler(context -> aside(context, () -> {
            operators.accept(context.request());
            measure();
            return () -> context.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(meters.scrape());
        }));
    }

    /// @param check asks what may block, and answers what is to be said on the event loop
    private static void aside(RoutingContext context, Supplier<Runnable> check) {
        var loop = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name("operations").start(() -> {
            Runnable say;
            try {
                say = check.get();
            } catch (Failure refused) {
                say = () -> Api.send(context, Problem.of(refused, "operations"));
            } catch (RuntimeException failed) {
                say = () -> Api.send(context, Problem.of(503, "unavailable", "The database does not answer"));
            }
            var said = say;
            loop.runOnContext(_ -> said.run());
        });
    }

    private static void json(RoutingContext context, Map<String, String> value) {
        context.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store")
                .end(Json.write(value));
    }

    private void measure() {
        redisUp.set(store.state() == Ephemeral.State.UP ? 1 : 0);
        var row = database.sql().query("""
                select (select count(*) from inbox where state = 'new') as "inbox.depth",
                  (select coalesce(extract(epoch from now() - min(received_at)), 0)::bigint
                   from inbox where state = 'new') as "inbox.oldest.seconds",
                  (select count(*) from inbox where state = 'quarantined') as "inbox.quarantined",
                  (select coalesce(extract(epoch from now() - min(next_at)), 0)::bigint from outbox
                   where state in ('pending', 'uncertain') and next_at <= now()) as "outbox.oldest.due.seconds",
                  (select count(*) from journal_pending) as "sequencer.pending",
                  (select coalesce(extract(epoch from now() - min(recorded_at)), 0)::bigint
                   from journal_pending) as "sequencer.lag.seconds",
                  (select count(*) from session
                   where kind in ('browser', 'api') and expires_at > now()) as "sessions.live"
                """).iterator().next();
        numbers.forEach((name, number) -> number.set(row.getLong(name)));
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (var one : database.sql().query("select channel, state, count(*) as n from outbox "
                + "where state in ('pending', 'leased', 'uncertain', 'failed') group by 1, 2")) {
            rows.add(MultiGauge.Row.of(Tags.of("channel", one.getString("channel"), "state", one.getString("state")),
                    one.getLong("n")));
        }
        outbox.register(rows, true);
    }
}
