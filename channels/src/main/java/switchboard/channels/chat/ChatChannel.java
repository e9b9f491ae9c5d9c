package switchboard.channels.chat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.Channel;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.reply.Card;

/// Chat with visitors of web pages: the socket of the widget, its configuration, and who may embed it.
///
/// What a visitor writes goes through the inbox and is acknowledged after the commit. What an agent writes is
/// delivered by being put before its visitor: to open windows at once, to others from the history when they return,
/// and by mail to whoever left an address.
public final class ChatChannel implements Channel {
    /// Told that a visitor types, as ticket and on or off; a hint that may be lost.
    static final class Typists {
        private volatile BiConsumer<UUID, Boolean> listener = (_, _) -> {};

        void visitorTyping(UUID ticket, boolean on) {
            listener.accept(ticket, on);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChatChannel.class);
    private static final int SWITCHING = 101;
    private static final int RETRY_AFTER_SECONDS = 60;
    /// Looks of one address at the settings in a minute for each conversation that it may begin in an hour.
    static final int LOOKS_PER_CONVERSATION = 60;

    private final Vertx vertx;
    private final URI publicUrl;
    private final Widgets widgets;
    private final History history;
    private final Sockets sockets = new Sockets();
    private final Places places = new Places();
    private final Typists typists = new Typists();
    private final ChatSession.Shared shared;
    private final LiveChat live;
    private final Away away;
    private volatile Function<HttpServerRequest, String> client = ChatChannel::remote;
    private volatile boolean stopping;

    public ChatChannel(Vertx vertx, Database database, Journal journal, Inbox inbox, Outbox outbox, Signer signer,
                       URI publicUrl) {
        this.vertx = vertx;
        this.publicUrl = publicUrl;
        this.widgets = new Widgets(database);
        this.history = new History(database);
        this.live = new LiveChat(journal, history, widgets, sockets);
        this.away = new Away(database, widgets, outbox);
        this.shared = new ChatSession.Shared(widgets, new Visitors(database, signer),
                new Codes(database, outbox, signer), history, inbox, new Limits(), sockets, signer, typists,
                away);
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public int cost() {
        return 25;
    }

    @Override
    public Card card() {
        // The widget shows text only; a file would never reach the visitor.
        return Card.sending(name(), Address.CHAT).withoutFiles();
    }

    @Override
    public Set<String> doors() {
        return Set.of(Arrivals.DOOR);
    }

    @Override
    public List<Received> decode(Inbox.Raw row) {
        return Arrivals.decode(row);
    }

    /// Payload `{ticketId, messageId, visitorId?}`; the words are the message's own. Sent is what the visitor's
    /// history shows; delivered is what a window has confirmed.
    @Override
    public Delivery deliver(Outbox.Leased row) {
        if (row.messageId() == null || row.ticketId() == null) {
            return new Delivery.Refused("no-message", "A chat effect names message and ticket");
        }
        var named = row.payload().path("visitorId").asText("");
        var visitor = named.isBlank() ? history.visitorOf(row.ticketId()) : Optional.of(UUID.fromString(named));
        if (visitor.isEmpty()) return new Delivery.Refused("no-visitor", "Nobody has chatted on this ticket");
        away.answer(visitor.get(), row);
        history.show(visitor.get(), row.messageId());
        return new Delivery.Accepted("chat-" + row.messageId(), "sent");
    }

    @Override
    public void mount(Router router) {
        router.get("/chat/socket").handler(this::socket);
        router.get("/chat/config").handler(this::config);
        router.get("/widget/config").handler(this::config);
    }

    @Override
    public void start() {
        widgets.current();
        live.start();
    }

    @Override
    public void stop() {
        stopping = true;
        live.close();
        sockets.closeAll();
    }

    /// An agent types on a ticket, or no longer does.
    public void agentTyping(UUID ticketId, String name, boolean on) {
        history.visitorOf(ticketId).filter(sockets::here).ifPresent(visitor ->
                sockets.send(visitor, "typing", Map.of("on", on, "name", name)));
    }

    /// An agent has looked at what the visitor wrote.
    public void agentRead(UUID ticketId) {
        history.visitorOf(ticketId).filter(sockets::here).ifPresent(visitor ->
                sockets.send(visitor, "read", Map.of("at", Instant.now())));
    }

    /// To be told when a visitor types: ticket id, on or off.
    public void onVisitorTyping(BiConsumer<UUID, Boolean> listener) {
        typists.listener = listener;
    }

    /// How a request's address of the network is told, where a trusted proxy stands before this server.
    public ChatChannel clientBy(Function<HttpServerRequest, String> address) {
        client = address;
        return this;
    }

    private static String remote(HttpServerRequest request) {
        var address = request.remoteAddress().hostAddress();
        return address == null ? "local" : address;
    }

    /// A limit that counts over all nodes, beside this process's own.
    @FunctionalInterface
    public interface SharedLimit {
        /// @return false when `who` has used up `max` within `per`; true while nobody can say
        boolean take(String who, int max, Duration per);
    }

    public ChatChannel limitBy(SharedLimit limit) {
        shared.limits().share(limit);
        return this;
    }

    /// Looks at the clock now, which happens every minute anyway.
    void lookAtTheClock() {
        live.look();
    }

    static boolean open(WidgetSettings widget, History history) {
        boolean hours = widget.hours() == null || widget.hours().open(Instant.now());
        return hours && history.anybodyAvailable(widget.teamId());
    }

    private void socket(RoutingContext ctx) {
        var request = ctx.request();
        request.pause();
        var context = vertx.getOrCreateContext();
        var ip = client.apply(request);
        var host = host(ctx);
        Thread.ofVirtual().name("chat-upgrade").start(() -> {
            int status = admitted(ctx, ip);
            context.runOnContext(_ -> {
                if (status != SWITCHING) {
                    request.resume();
                    refuse(ctx, status);
                    return;
                }
                request.toWebSocket()
                        .onSuccess(socket -> Door.open(socket, request.connection(),
                                wire -> new ChatSession(shared, wire, ip,
                                        origin -> widgets.current().allows(origin, publicUrl, host)),
                                () -> places.leave(ip)))
                        .onFailure(_ -> {
                            places.leave(ip);
                            if (!ctx.response().ended()) ctx.response().setStatusCode(400).end();
                        });
            });
        });
    }

    /// @return 101 when a place was taken, else how the socket is refused
    private int admitted(RoutingContext ctx, String ip) {
        try {
            if (refused(ctx)) return 403;
            return switch (places.take(ip, widgets.current().conversationsPerHour() * Places.PER_CONVERSATION)) {
                case TAKEN -> SWITCHING;
                case TOO_MANY -> 429;
                case FULL -> 503;
            };
        } catch (RuntimeException down) {
            LOG.warn("chat socket: {}", down.toString());
            return 503;
        }
    }

    private static void refuse(RoutingContext ctx, int status) {
        if (status != 403) ctx.response().putHeader("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
        ctx.response().setStatusCode(status).end();
    }

    /// Browsers always say which page they speak for; what says none is no browser and gains nothing by it.
    private boolean refused(RoutingContext ctx) {
        if (stopping) return true;
        var origin = ctx.request().getHeader("Origin");
        return origin != null && !widgets.current().allows(origin, publicUrl, host(ctx));
    }

    private static String host(RoutingContext ctx) {
        return String.valueOf(ctx.request().authority());
    }

    private record Config(String key, String name, String color, String ink, Map<String, String> greeting,
                          boolean open) {}

    private void config(RoutingContext ctx) {
        var ip = client.apply(ctx.request());
        Thread.ofVirtual().name("chat-config").start(() -> {
            try {
                answer(ctx, ip);
            } catch (RuntimeException failed) {
                ctx.fail(failed);
            }
        });
    }

    private void answer(RoutingContext ctx, String ip) {
        var response = ctx.response().putHeader("Vary", "Origin").putHeader("Cache-Control", "no-store");
        var key = ctx.request().getParam("key");
        var found = widgets.named(key == null ? "" : key);
        var origin = ctx.request().getHeader("Origin");
        if (found.isEmpty()) {
            response.setStatusCode(404).end();
            return;
        }
        var widget = found.get();
        if (origin != null) {
            if (!widget.allows(origin, publicUrl, host(ctx))) {
                response.setStatusCode(403).end();
                return;
            }
            response.putHeader("Access-Control-Allow-Origin", origin);
        }
        int looks = widget.conversationsPerHour() * LOOKS_PER_CONVERSATION;
        if (!shared.limits().takeHere("looks:" + ip, looks, Duration.ofMinutes(1))) {
            refuse(ctx, 429);
            return;
        }
        var config = new Config(widget.key(), widget.name(), Colour.safe(widget.color()), Colour.ink(widget.color()),
                widget.greetings(), open(widget, history));
        response.putHeader("Content-Type", "application/json").end(Json.write(config));
    }
}
