package switchboard.gateway.realtime;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.gateway.content.ContentLinks;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Origins;
import switchboard.gateway.http.Problem;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Consoles;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.TicketFacts;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Tailer;
import switchboard.ticketing.journal.Worker;

/// Tells every connected console what happens, in the order of the journal, as far as its agent may see it.
///
/// A console that says the last `seq` it saw is told everything after it first, from the journal, and joins the live
/// stream at exactly the place where the replay ends. Start reading at `join`.
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    /// Behind by more than this a console loads everything anew, which is less work than the replay.
    static final int BEHIND_MAX = 5000;
    private static final int REPLAY_BATCH = 500;
    private static final int SOCKETS_MAX = 20_000;
    /// One agent's consoles across tabs and devices.
    static final int AGENT_SOCKETS_MAX = 20;
    private static final Duration SESSIONS_CHECKED = Duration.ofMillis(500);
    private static final Duration HINTS = Duration.ofSeconds(1);
    /// A dead connection is noticed after one to two of these.
    private static final Duration PING = Duration.ofSeconds(10);
    private static final Duration BEAT = Duration.ofSeconds(4);
    /// A beat later than this was delayed by the database or this machine; other nodes' beats may be delayed too.
    private static final Duration BEAT_LATE = BEAT.multipliedBy(3);
    private static final String PONG = "{\"pong\":true}";

    private final Journal journal;
    private final Database database;
    private final Sessions sessions;
    private final Presence presence;
    private final Consoles consoles;
    private final Origins origins;
    private final Views views;
    private final Frames frames;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Places places = new Places(AGENT_SOCKETS_MAX);
    private final ReplayLanes lanes = new ReplayLanes();
    /// Held while a batch is handed to the sockets and while a socket goes live; never over the network or the
    /// database.
    private final ReentrantLock turn = new ReentrantLock();
    private final List<AutoCloseable> workers;
    private volatile long position;
    private volatile boolean closing;
    private long beatNanos = System.nanoTime();
    private long steadyNanos = System.nanoTime();

    /// Fresh views for the frames, by id (items by `seq`); content addresses in them are made for
    /// `ContentLinks.SHARED`. `counts` are one agent's numbers for the views.
    public record Views(Function<List<UUID>, ? extends Map<UUID, ?>> tickets,
                        Function<List<Sequenced>, ? extends Map<Long, ?>> items,
                        Function<List<UUID>, ? extends Map<UUID, ?>> calls,
                        Function<List<UUID>, ? extends Map<UUID, ?>> agents,
                        Function<Caller, ? extends Collection<?>> counts) {
        public static Views agents(Agents agents) {
            return new Views(_ -> Map.of(), _ -> Map.of(), _ -> Map.of(), agents::byIds, _ -> List.of());
        }
    }

    public Hub(Database database, Journal journal, Sessions sessions, Consoles consoles, Presence presence,
               Origins origins, ContentLinks links, Views views) {
        this.journal = journal;
        this.database = database;
        this.sessions = sessions;
        this.presence = presence;
        this.consoles = consoles;
        this.origins = origins;
        this.views = views;
        this.frames = new Frames(database, views, links);
        this.position = journal.last();
        presence.onChange(this::present);
        this.workers = List.of(Tailer.local(journal, "realtime", position, this::dispatch),
                worker("stream-sessions", SESSIONS_CHECKED, this::checkSessions),
                worker("stream-hints", HINTS, this::hint), worker("stream-ping", PING, this::ping),
                worker("stream-beat", BEAT, this::beat));
    }

    private static Worker worker(String name, Duration every, Runnable step) {
        return new Worker(name, every, () -> {
            step.run();
            return false;
        }).start();
    }

    public void mount(Router router, String path) {
        router.get(path).handler(context -> {
            context.put("route", path);
            // A browser names the page it is on; a program that has no page has no origin and sends a ticket all the
            // same.
            if (context.request().getHeader("Origin") != null && !origins.sameOrigin(context.request())) {
                Api.send(context, Problem.of(403, "forbidden", "The request comes from another site"));
                return;
            }
            var loop = context.vertx().getOrCreateContext();
            context.request().pause();
            Thread.ofVirtual().name("stream").start(() -> admit(context, loop));
        });
    }

    private void admit(RoutingContext context, io.vertx.core.Context loop) {
        try {
            if (closing || sockets.size() >= SOCKETS_MAX) throw new Failure.Unavailable("No more streams now");
            var caller = sessions.redeemStream(context.request().getParam("ticket"))
                    .orElseThrow(() -> new Failure.Unauthenticated("The ticket is unknown, used or too old"));
            var since = since(context.request().getParam("since"));
            if (!places.take(caller.id())) {
                throw new Failure.TooMany("More than " + AGENT_SOCKETS_MAX + " consoles of one agent");
            }
            loop.runOnContext(_ -> context.request().toWebSocket()
                    .onSuccess(socket -> open(context, socket, caller, since))
                    .onFailure(failed -> {
                        places.give(caller.id());
                        Api.send(context, Problem.of(400, "invalid", "A WebSocket handshake is needed"));
                    }));
        } catch (RuntimeException refused) {
            var problem = Problem.of(refused, "stream");
            loop.runOnContext(_ -> {
                context.request().resume();
                Api.send(context, problem);
            });
        }
    }

    /// -1 for a console that has seen nothing yet
    private static long since(String text) {
        if (text == null || text.isEmpty()) return -1;
        if (!text.matches("\\d{1,18}")) throw Failure.Invalid.field("since", "must be a sequence");
        return Long.parseLong(text);
    }

    private void open(RoutingContext context, ServerWebSocket webSocket, Caller caller, long since) {
        var socket = new Socket(webSocket, context.request().connection(), caller, since);
        webSocket.textMessageHandler(text -> heard(socket, text));
        webSocket.binaryMessageHandler(_ -> socket.refuse("unknown-frame"));
        webSocket.pongHandler(_ -> socket.silent = false);
        webSocket.exceptionHandler(_ -> socket.refuse("protocol"));
        webSocket.closeHandler(_ -> {
            sockets.remove(socket);
            places.give(caller.id());
        });
        Thread.ofVirtual().name("stream-join").start(() -> {
            try {
                join(socket, since);
            } catch (RuntimeException failed) {
                LOG.warn("A stream could not be joined: {}", failed.toString());
                socket.restart();
            }
        });
    }

    /// The whole of what a console may say.
    private static void heard(Socket socket, String text) {
        if (!text.replace(" ", "").equals(PONG)) socket.refuse("unknown-frame");
    }

    private void join(Socket socket, long since) {
        long last = position;
        boolean fresh = since < 0;
        boolean reset = !fresh && (since > Math.max(last, journal.last()) || last - since > BEHIND_MAX);
        socket.at = fresh || reset ? last : since;
        sockets.add(socket);
        consoles.opened(socket.caller);
        socket.send(reset ? "{\"since\":" + socket.at + ",\"reset\":true}" : "{\"since\":" + socket.at + "}");
        present(socket);
        replay(socket);
        if (socket.over()) sockets.remove(socket);
    }

    /// As fast as its reader reads, so that neither a long absence nor a burst of long messages is too much for it.
    private void replay(Socket socket) {
        for (int batches = 0; !goLive(socket); batches++) {
            var part = lanes.inTurn(batches, () -> part(socket.at));
            if (part.frames().isEmpty() && part.until() == socket.at) continue;
            for (var frame : part.frames()) {
                if (!socket.awaitRoom()) return;
                show(socket, frame);
            }
            socket.at = part.until();
        }
    }

    private record Part(List<Frames.Frame> frames, long until) {}

    private Part part(long after) {
        var batch = journal.after(after, REPLAY_BATCH);
        return batch.isEmpty() ? new Part(List.of(), after) : new Part(frames.of(batch), batch.getLast().seq());
    }

    /// From here on `dispatch` serves the socket, if it has been shown all that was dispatched.
    private boolean goLive(Socket socket) {
        turn.lock();
        try {
            if (socket.at < position) return false;
            socket.live = true;
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void dispatch(List<Sequenced> batch) {
        var made = sockets.isEmpty() ? List.<Frames.Frame>of() : frames.of(batch);
        turn.lock();
        try {
            for (var socket : sockets) {
                if (!socket.live) continue;
                // A socket that joined while the frames were made has none of them yet: it can only have joined at the
                // position before them, so without frames there was no such socket, or it is sent to the replay again.
                if (made.isEmpty()) {
                    socket.live = false;
                    rejoin(socket);
                    continue;
                }
                if (tell(socket, made)) {
                    // Its replay may have been ahead of this batch.
                    socket.at = Math.max(socket.at, batch.getLast().seq());
                } else {
                    socket.live = false;
                    rejoin(socket);
                }
            }
            position = batch.getLast().seq();
        } finally {
            turn.unlock();
        }
    }

    /// @return false when its reader is behind: from `socket.at` on it is told again as fast as it reads
    private boolean tell(Socket socket, List<Frames.Frame> made) {
        for (var frame : made) {
            if (frame.seq() <= socket.at) continue;
            if (!socket.hasRoom()) return false;
            show(socket, frame);
            socket.at = frame.seq();
        }
        return true;
    }

    private void rejoin(Socket socket) {
        Thread.ofVirtual().name("stream-rejoin").start(() -> {
            try {
                replay(socket);
            } catch (RuntimeException failed) {
                socket.restart();
            }
        });
    }

    private void show(Socket socket, Frames.Frame frame) {
        if (!frame.visible(socket.caller)) return;
        socket.send(frames.text(frame, socket.caller));
        if (frame.ticket()) socket.viewsChanged.set(true);
    }

    /// A session that is over takes its sockets with it; one that lives may have other teams or another role by now.
    private void checkSessions() {
        var asked = List.copyOf(sockets); // who joins meanwhile has just shown a session
        if (asked.isEmpty()) return;
        var live = sessions.live(asked.stream().map(socket -> socket.caller.sessionHash())
                .collect(Collectors.toSet()));
        for (var socket : asked) {
            var caller = live.get(socket.caller.sessionHash());
            if (caller == null) {
                sockets.remove(socket);
                socket.refuse("session-over");
            } else {
                socket.caller = caller;
            }
        }
    }

    private void hint() {
        presence.sweep();
        for (var socket : sockets) {
            if (!socket.live || !socket.viewsChanged.compareAndSet(true, false)) continue;
            var counts = views.counts().apply(socket.caller);
            if (!counts.isEmpty()) socket.send(Json.write(Map.of("views", counts)));
        }
    }

    /// The protocol's own ping, which every client answers, tells whether the line is dead; the console's tells the
    /// console.
    private void ping() {
        for (var socket : sockets) {
            if (socket.silent) {
                sockets.remove(socket);
                socket.refuse("silent");
            } else {
                socket.ping();
            }
        }
    }

    /// Reports the consoles open on this node. It signs agents off only after this node has had undisturbed beats for
    /// the whole grace period, so that consoles have time to reconnect after a start or a database outage.
    private void beat() {
        long now = System.nanoTime();
        if (now - beatNanos > BEAT_LATE.toNanos()) steadyNanos = now;
        consoles.beat(sockets.stream().filter(socket -> !socket.over()).map(socket -> socket.caller).toList());
        beatNanos = now;
        if (now - steadyNanos > Consoles.GRACE.toNanos()) consoles.sweep();
    }

    private void present(UUID ticket, List<Presence.Viewer> viewers) {
        if (sockets.isEmpty()) return;
        var facts = TicketFacts.load(database.sql(), List.of(ticket)).get(ticket);
        if (facts == null) return;
        var text = presence(ticket, viewers);
        for (var socket : sockets) {
            if (Policy.tickets(socket.caller).test(facts)) socket.send(text);
        }
    }

    private void present(Socket socket) {
        var all = presence.all();
        var facts = TicketFacts.load(database.sql(), all.keySet());
        all.forEach((ticket, viewers) -> {
            var known = facts.get(ticket);
            if (known != null && Policy.tickets(socket.caller).test(known)) socket.send(presence(ticket, viewers));
        });
    }

    private static String presence(UUID ticket, List<Presence.Viewer> viewers) {
        return Json.write(Map.of("presence", Map.of("ticketId", ticket, "viewers", viewers)));
    }

    /// How many consoles are connected.
    public int size() {
        return sockets.size();
    }

    @Override
    public void close() {
        closing = true;
        for (var worker : workers) {
            try {
                worker.close();
            } catch (Exception failed) {
                LOG.warn("realtime: {}", failed.toString());
            }
        }
        sockets.forEach(Socket::restart);
    }
}
