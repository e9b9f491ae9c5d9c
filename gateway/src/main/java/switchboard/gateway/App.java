package switchboard.gateway;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.Channel;
import switchboard.channels.email.html.MailHtml;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.channels.simulator.CarrierSimulator;
import switchboard.gateway.admin.WidgetSettings;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.area.Stops;
import switchboard.gateway.content.Content;
import switchboard.gateway.content.ContentLinks;
import switchboard.gateway.content.FrameFonts;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Guard;
import switchboard.gateway.http.Origins;
import switchboard.gateway.http.Patience;
import switchboard.gateway.http.Route;
import switchboard.gateway.http.Shell;
import switchboard.gateway.operations.Operations;
import switchboard.gateway.realtime.Hub;
import switchboard.gateway.realtime.Presence;
import switchboard.gateway.redis.Ephemeral;
import switchboard.gateway.redis.Hints;
import switchboard.gateway.session.Passwords;
import switchboard.gateway.session.SessionArea;
import switchboard.gateway.session.SignIn;
import switchboard.gateway.web.Assets;
import switchboard.gateway.web.WebParts;
import switchboard.gateway.demo.DemoCompany;
import switchboard.gateway.demo.DemoIdentity;
import switchboard.gateway.demo.DemoContent;
import switchboard.gateway.demo.DemoSite;
import switchboard.knowledgebase.KnowledgeBase;
import switchboard.knowledgebase.site.RateLimit;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Consoles;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Partitions;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Sequencer;
import switchboard.ticketing.journal.Worker;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.WorkingRole;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Tickets;

/// The running program: every part, made once, in the order in which they need each other; stopped in the other order.
public final class App implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final int CONNECTIONS_MAX = 20;
    /// They only move bytes, all work is done on virtual threads; and the fewer they are, the fewer database sessions
    /// take turns, each with a cache of its own.
    private static final int EVENT_LOOPS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final Map<String, Integer> COSTS =
            Map.of("phone", 100, "chat", 25, "sms", 15, "email", 10, "form", 10);

    /// Smaller responses gain nothing from compression.
    private static final int COMPRESSED_FROM_BYTES = 1024;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final Stops stops = new Stops();
    private final Areas areas = new Areas();
    private volatile io.vertx.core.Handler<HttpServerRequest> handler = App::starting;
    private HttpServer server;
    private Patience patience;

    public final Settings settings;
    public final String databaseUri;
    public final Database database;
    public final Journal journal;
    public final Agents agents;
    public final Teams teams;
    public final Sessions sessions;
    final Consoles consoles;
    public final Passwords passwords = new Passwords();
    public final Signer signer;
    public final Inbox inbox;
    public final Outbox outbox;
    private final Deliveries deliveries;
    public final ContentLinks links;
    public final Timeline timeline;
    public final Tickets tickets;
    public final Customers customers;
    public final Routing routing;
    public final KnowledgeBase help;
    private final Ephemeral store;
    final Ways ways;
    private final Intake intake;
    public final String url;
    public final List<io.vertx.ext.web.Route> served;

    /// @throws Settings.Wrong for what the person who starts it can put right
    public static App start(Settings settings) {
        return new App(settings, UnaryOperator.identity());
    }

    /// @param table applied to the route table before it is served
    static App start(Settings settings, UnaryOperator<List<Route>> table) {
        return new App(settings, table);
    }

    private App(Settings settings, UnaryOperator<List<Route>> table) {
        this.settings = settings;
        try {
            settings.requireHome();
            stops.add("event loops", () -> vertx.close().await(10, TimeUnit.SECONDS));
            int port = listen();
            this.url = settings.publicUrl().orElse("http://127.0.0.1:" + port);
            var logins = settings.logins().orElseGet(this::embedded);
            this.databaseUri = logins.owner();
            WorkingRole.prepare(logins.owner(), logins.working());
            this.database = new Database(vertx, logins.working(), CONNECTIONS_MAX);
            stops.add("database", database::close);
            if (!settings.demo()) DemoCompany.refuse(database);
            SealedSecrets.require(database, new Signer(settings.secret()));
            this.store = Ephemeral.open(settings.redisElsewhere(), settings.redisHome());
            stops.add("Redis", store::close);
            this.signer = new Signer(settings.secret());
            this.journal = new Journal(database);
            this.sessions = new Sessions(database);
            this.consoles = settings.demo() ? new Consoles(database, journal).onlyPlayed()
                    : new Consoles(database, journal);
            this.inbox = new Inbox(database);
            this.outbox = new Outbox(database);
            this.deliveries = new Deliveries(database, journal, outbox);
            this.links = new ContentLinks(signer, settings.contentUrl().orElse(""), Clock.systemUTC());
            this.intake = new Intake(journal);
            this.ways = Ways.open(settings,
                    new Ways.Parts(vertx, database, journal, inbox, outbox, intake, signer, url));
            var channels = ways.all();
            stops.add("carrier", () -> ways.carrier().ifPresent(CarrierSimulator::close));
            this.agents = new Agents(database, journal, costs(channels));
            this.teams = new Teams(database);
            this.timeline = new Timeline(database, new SharedLinks(links));
            this.tickets = new Tickets(database, journal);
            this.customers = new Customers(database, journal);
            this.routing = new Routing(database, journal, costs(channels));
            sequence();
            this.help = new KnowledgeBase(vertx, database, journal, settings.home().resolve("search"), URI.create(url),
                    written -> ways.form().submit(written.locale(), written.name(), written.email(), written.subject(),
                            written.text(),
                            written.clientKey())).start();
            stops.add("help centre", help::close);
            if (settings.demo()) DemoCompany.load(database, journal, passwords);
            this.served = wire(channels, table);
            work(channels);
        } catch (RuntimeException failed) {
            stops.close();
            throw failed;
        }
    }

    private static void starting(HttpServerRequest request) {
        request.response().setStatusCode(503).putHeader("Retry-After", "2")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", Shell.CSP_NOTHING).end();
    }

    /// The port is taken before anything slow starts, so that a taken one is said at once.
    private int listen() {
        var options = new HttpServerOptions().setHost(settings.httpHost()).setPort(settings.httpPort())
                .setHandle100ContinueAutomatically(true).setMaxInitialLineLength(8192).setMaxHeaderSize(16384)
                .setIdleTimeout(120).setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true).setCompressionContentSizeThreshold(COMPRESSED_FROM_BYTES)
                .setMaxWebSocketFrameSize(65536).setMaxWebSocketMessageSize(65536)
                .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        patience = new Patience(vertx);
        server = patience.watch(vertx.createHttpServer(options)).requestHandler(request -> handler.handle(request));
        try {
            server.listen().await();
        } catch (RuntimeException refused) {
            throw new Settings.Wrong("Cannot listen on " + settings.httpHost() + ":" + settings.httpPort() + " ("
                    + refused.getMessage() + "): set SWITCHBOARD_HTTP_PORT to a free port");
        } catch (Exception refused) {
            if (!(refused instanceof BindException)) throw refused;
            throw new Settings.Wrong("Port " + settings.httpPort()
                    + " is taken: set SWITCHBOARD_HTTP_PORT to a free one");
        }
        return server.actualPort();
    }

    private Settings.Logins embedded() {
        var postgres = EmbeddedPostgres.start(settings.home()).watched();
        stops.add("PostgreSQL", postgres::stop);
        return new Settings.Logins(postgres.uri(), postgres.workingUri());
    }

    private static Map<String, Integer> costs(List<Channel> channels) {
        var costs = new HashMap<>(COSTS);
        channels.forEach(channel -> costs.put(channel.name(), channel.cost()));
        return costs;
    }

    private void sequence() {
        stops.add("partitions", new Partitions(database, InstantSource.system()).start()::close);
        var sequencer = new Sequencer(journal).start();
        stops.add("sequencer", sequencer::close);
        var hints = new Hints(store, sequencer::wake);
        journal.onCommitted(hints::committed);
        stops.add("hints", hints::close);
    }

    private List<io.vertx.ext.web.Route> wire(List<Channel> channels, UnaryOperator<List<Route>> table) {
        var origins = new Origins(url, settings.contentUrl(), settings.trustedProxies());
        var guard = new Guard(sessions, origins);
        var operations = new Operations(database, store);
        var presence = new Presence(database, store);
        stops.add("presence", presence::close);
        var ground = ground(guard, channels, presence);
        areas.all().forEach(area -> area.open(ground));
        var widget = areas.settings.widget();
        if (settings.demo()) {
            DemoCompany.relaxChat(database);
            new DemoIdentity(settings.secret()).install(database, signer);
        }
        ways.chat().clientBy(request -> SignIn.network(origins.clientAddress(request)))
                .limitBy((who, max, per) -> store.allow("chat:" + who, max, per));
        help.clientBy(request -> SignIn.network(origins.clientAddress(request)));
        help.limit((what, who) -> store.allow("help:" + what + ":" + who, RateLimit.max(what), RateLimit.WINDOW));
        presence.onChange((ticket, viewers) -> {
            var typing = viewers.stream().filter(one -> one.state().equals("typing")).findFirst();
            ways.chat().agentTyping(ticket, typing.map(Presence.Viewer::name).orElse(""), typing.isPresent());
        });
        ways.chat().onVisitorTyping(presence::customerWrites);
        var routes = table.apply(areas.routes());
        var hub = new Hub(database, journal, sessions, consoles, presence, origins, links, views());
        stops.add("realtime", hub::close);
        Gauge.builder("switchboard.consoles", hub, Hub::size).description("Consoles connected to this node")
                .register(operations.meters());

        var router = Router.router(vertx);
        patience.mount(router);
        Shell.mount(router, origins);
        operations.mount(router,
                request -> guard.requireOperator(request, settings.metricsLocal()));
        // Addresses are compared in this order, and nobody knocks as often as carriers and visitors do.
        channels.forEach(channel -> channel.mount(router));
        new Api(guard, operations.meters(), settings.home().resolve("uploads")).mount(router, routes);
        hub.mount(router, SessionArea.STREAM);
        var description = OpenApi.of(routes);
        router.get(Area.API + "/openapi.json").handler(context -> context.response()
                .putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-cache").end(description));
        Api.mountRest(router, routes);
        var assets = Assets.load(Assets.FOLDER);
        new Content(database, sessions, links, MailHtml::shown, MailHtml.VERSION, new FrameFonts(assets), url)
                .mount(router);
        help.mount(router);
        if (settings.demo()) demo(widget).mount(router);
        new WebParts(assets, links.source(url), ancestors(widget)).mount(router);
        OpenApi.requireComplete(routes, router.getRoutes());
        handler = router;
        operations.ready(true);
        stops.add("web server", () -> {
            operations.ready(false);
            server.shutdown(5, TimeUnit.SECONDS).await();
        });
        return router.getRoutes();
    }

    private Ground ground(Guard guard, List<Channel> channels, Presence presence) {
        return new Ground(new Ground.Site(url, settings.demo(), signer, guard, links),
                new Ground.Stores(database, journal, inbox, outbox, store),
                new Ground.People(agents, teams, sessions, consoles, passwords),
                new Ground.Core(tickets, customers, timeline, routing, deliveries),
                new Ground.Doors(channels, ways.email(), ways.calls(), presence, help));
    }

    /// The pages on which a newcomer plays the customer.
    private DemoSite demo(WidgetSettings widget) {
        return new DemoSite(vertx, DemoContent.load(), ways.email().customerMailboxes(),
                () -> ways.email().port().orElseThrow(),
                () -> ways.carrier().map(carrier -> carrier.baseUrl().toString()).orElse(""),
                number -> ways.carrier().<List<?>>map(carrier -> carrier.handset(number).received()).orElse(List.of()),
                widget::snippet, new DemoIdentity(settings.secret()));
    }

    private Hub.Views views() {
        return new Hub.Views(areas.tickets.tickets()::byIds, this::items, areas.calls.calls()::byIds, agents::byIds,
                areas.tickets.tickets()::counts);
    }

    /// What each entry shows on a timeline; an entry about a message's delivery has that message with it.
    private Map<Long, TimelineItem> items(List<Sequenced> batch) {
        var items = new HashMap<Long, TimelineItem>();
        timeline.at(batch.stream().map(Sequenced::seq).toList()).forEach(item -> items.put(item.seq(), item));
        var told = batch.stream().filter(entry -> entry.kind().equals("message.status")).toList();
        var messages = timeline.ofMessages(told.stream().map(Sequenced::messageId).distinct().toList()).stream()
                .collect(Collectors.toMap(TimelineItem::id, item -> item, (first, _) -> first));
        for (var entry : told) {
            var item = messages.get(String.valueOf(entry.messageId()));
            if (item != null) items.put(entry.seq(), item);
        }
        return items;
    }

    /// Asked on event loops, so it is read aside and may be ten seconds old.
    private Supplier<String> ancestors(WidgetSettings widget) {
        var known = new java.util.concurrent.atomic.AtomicReference<>("'self'");
        var worker = new Worker("widget-origins", Duration.ofSeconds(10), () -> {
            known.set(String.join(" ", widget.frameAncestors()));
            return false;
        }).start();
        stops.add("widget origins", worker::close);
        return known::get;
    }

    private record SharedLinks(ContentLinks links) implements TimelineItem.Links {
        @Override
        public String html(UUID messageId) {
            return links.mail(messageId, ContentLinks.SHARED);
        }

        @Override
        public String attachment(UUID attachmentId) {
            return links.file(attachmentId, ContentLinks.SHARED);
        }
    }

    private void work(List<Channel> channels) {
        areas.all().forEach(area -> area.start(stops));
        stops.add("routing", routing.start()::close);
        stops.add("outbox", new OutboxWorker(outbox, deliveries, channels).start()::close);
        stops.add("inbox", new InboxWorker(database, inbox, intake, journal, channels).start()::close);
        channels.forEach(channel -> {
            channel.start();
            stops.add(channel.name(), channel::stop);
        });
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        LOG.info("stopping");
        stops.close();
        LOG.info("stopped");
    }
}
