package switchboard.gateway.demo;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.channels.email.CustomerMailboxes;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Problem;
import switchboard.gateway.web.Assets;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;

/// The demo's own pages below `/demo/`: the company's shop with the chat widget, and what a customer has in the
/// pocket, a telephone and a mail program, so that one person can play every side in one browser. Nobody signs in
/// here and anybody reads every mailbox: it is mounted in the demo alone.
public final class DemoSite {
    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{4,14}");
    private static final String FOLDER = "switchboard/gateway/demo/pages";

    private final Vertx vertx;
    private final Assets files = Assets.load(FOLDER);
    private final CustomerMailboxes mailboxes;
    private final CustomerMail mail;
    private final Supplier<String> carrierUrl;
    private final DemoPhone phone;
    private final Function<String, List<?>> phoneMessages;
    private final Supplier<String> widgetSnippet;
    private final DemoIdentity identity;
    private final ShopPage page;
    private final List<Player> cast;

    /// @param smtpPort      of the mail listener on loopback; null while there is none
    /// @param carrierUrl    where the browser finds the handsets, without a slash at the end; empty: no telephones
    /// @param phoneMessages number (E.164) to the texts it received, oldest first: `{at, from, text}`
    /// @param identity      vouches for the players in the chat
    /// @param widgetSnippet the HTML that shows the chat widget; empty: no chat
    public DemoSite(Vertx vertx, DemoContent content, CustomerMailboxes mailboxes, Supplier<Integer> smtpPort,
            Supplier<String> carrierUrl, Function<String, List<?>> phoneMessages, Supplier<String> widgetSnippet,
            DemoIdentity identity) {
        this.vertx = vertx;
        this.mailboxes = mailboxes;
        this.cast = Player.of(content.customers());
        this.mail = new CustomerMail(content.company().supportAddress(),
                cast.stream().collect(Collectors.toMap(Player::email, Player::name)), smtpPort);
        this.carrierUrl = carrierUrl;
        this.phone = new DemoPhone(carrierUrl);
        this.phoneMessages = phoneMessages;
        this.widgetSnippet = widgetSnippet;
        this.identity = identity;
        this.page = new ShopPage(content);
    }

    public void mount(Router router) {
        // In this order: the address without the slash would match the one with it, too.
        router.get("/demo/").handler(context -> virtually(context, () -> shop(context)));
        router.get("/demo").handler(context -> context.response().setStatusCode(308)
                .putHeader("Location", "/demo/").end());
        router.get("/demo/colors.css").handler(context -> virtually(context,
                () -> send(context, "text/css; charset=utf-8", Buffer.buffer(page.colors()))));
        router.get("/demo/files/:name").handler(context -> virtually(context, () -> file(context)));
        router.get("/demo/api/cast").handler(context -> virtually(context, () -> items(context, cast)));
        router.get("/demo/api/cast/:key/identity").handler(context -> virtually(context, () -> identity(context)));
        router.get("/demo/api/mailboxes/:address/messages").handler(context -> virtually(context,
                () -> items(context, mailboxes.messages(context.pathParam("address")))));
        router.get("/demo/api/phones/:number/messages").handler(context -> virtually(context,
                () -> items(context, phoneMessages.apply(number(context)))));
        router.get("/demo/api/phones/:number").handler(context -> virtually(context, () -> send(context,
                "application/json", Buffer.buffer(phone.view(number(context))))));
        router.post("/demo/api/phones/:number/:act").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(context -> virtually(context, () -> act(context)));
        router.post("/demo/api/mailboxes/:address/send").handler(BodyHandler.create(false)
                .setBodyLimit(BODY_BYTES_MAX)).handler(context -> virtually(context, () -> post(context)));
    }

    private static String number(RoutingContext context) {
        var number = context.pathParam("number").strip();
        if (!NUMBER.matcher(number).matches()) throw new Failure.NotFound("The telephone");
        return number;
    }

    private void shop(RoutingContext context) {
        var carrier = text(carrierUrl);
        var lang = language(context);
        var html = page.html(lang, carrier, text(widgetSnippet));
        var frames = carrier.isEmpty() ? "" : " " + origin(carrier);
        var policy = "default-src 'self'; img-src 'self' data:; frame-src 'self'" + frames
                + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
        reply(context, response -> response.putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Language", lang).putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", policy).end(html));
    }

    private static String text(Supplier<String> supplier) {
        var text = supplier.get();
        return text == null ? "" : text;
    }

    private static String origin(String url) {
        var uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// What the address asks for, or else what the browser prefers.
    private static String language(RoutingContext context) {
        var asked = context.request().getParam("lang");
        var accepted = context.request().getHeader("Accept-Language");
        var tag = asked != null ? asked : accepted != null ? accepted : "en";
        return tag.startsWith("zh") ? "zh-CN" : "en";
    }

    private void file(RoutingContext context) {
        var name = context.pathParam("name");
        var found = files.find(name).filter(_ -> !name.endsWith(".html"));
        var asset = found.orElseThrow(() -> new Failure.NotFound("The file"));
        send(context, asset.mediaType(), asset.bytes());
    }

    private static void items(RoutingContext context, List<?> items) {
        send(context, "application/json", Buffer.buffer(Json.write(Map.of("items", items))));
    }

    private void identity(RoutingContext context) {
        var player = cast.stream().filter(one -> one.key().equals(context.pathParam("key"))).findFirst()
                .orElseThrow(() -> new Failure.NotFound("The player"));
        var jwt = identity.jwt(player, ShopPage.key(text(widgetSnippet)));
        send(context, "application/json", Buffer.buffer(Json.write(Map.of("jwt", jwt))));
    }

    private void act(RoutingContext context) {
        requireOwnPage(context);
        var bytes = context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
        send(context, "application/json", Buffer.buffer(phone.act(number(context), context.pathParam("act"), bytes)));
    }

    private void post(RoutingContext context) {
        requireOwnPage(context);
        var bytes = context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
        mail.send(context.pathParam("address"), Json.request(bytes, CustomerMail.Draft.class));
        reply(context, response -> response.setStatusCode(204).end());
    }

    /// A foreign page cannot send JSON without asking first, and is never answered that it may.
    private static void requireOwnPage(RoutingContext context) {
        var type = String.valueOf(context.request().getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) throw new Failure.Invalid("The body must be application/json");
        var site = context.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Failure.Forbidden("The request comes from another site");
        }
    }

    /// Pages that look every few seconds hear 304 as long as nothing is new.
    private static void send(RoutingContext context, String type, Buffer body) {
        var tag = "\"" + Signer.digest(body.getBytes()).substring(0, 32) + "\"";
        boolean known = tag.equals(context.request().getHeader("If-None-Match"));
        reply(context, response -> {
            response.putHeader("ETag", tag).putHeader("Cache-Control", "private, no-cache");
            if (known) response.setStatusCode(304).end();
            else response.putHeader("Content-Type", type).end(body);
        });
    }

    private static void reply(RoutingContext context, Consumer<HttpServerResponse> answer) {
        context.<Context>get("loop").runOnContext(_ -> {
            var response = context.response();
            if (!response.ended() && !response.closed()) answer.accept(response);
        });
    }

    private void virtually(RoutingContext context, Runnable work) {
        var loop = vertx.getOrCreateContext();
        context.put("loop", loop);
        Thread.ofVirtual().name("demo " + context.normalizedPath()).start(() -> {
            try {
                work.run();
            } catch (Throwable failed) {
                var problem = Problem.of(failed, "demo " + context.normalizedPath());
                loop.runOnContext(_ -> Api.send(context, problem));
            }
        });
    }
}
