package switchboard.gateway.content;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Download;
import switchboard.gateway.http.Problem;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Blobs;

/// Serves what strangers wrote, to the one viewer an address was made for, as long as they may see the ticket.
/// HTML is sanitised, under a policy that runs none of its scripts (`Frame`). Files are attachments, unless their first
/// bytes show a picture or sound.
public final class Content {
    /// Makes a document that is safe to frame out of hostile HTML. Pure.
    public interface Sanitiser {
        /// @param inlineUrl maps a Content-ID to the URL of the message's file, or null
        String document(String html, UnaryOperator<String> inlineUrl);
    }

    /// The console's query parameter for a document that reports its height.
    private static final String MEASURE = "measure";

    private final Database database;
    private final Sessions sessions;
    private final ContentLinks links;
    private final SafeHtml safe;
    private final Frame frame;
    private final FrameFonts fonts;

    /// @param version of the sanitiser; it rises with every change of its output
    public Content(Database database, Sessions sessions, ContentLinks links, Sanitiser sanitiser, int version,
            FrameFonts fonts, String publicUrl) {
        this.database = database;
        this.sessions = sessions;
        this.links = links;
        this.safe = new SafeHtml(database, sanitiser, version);
        this.fonts = fonts;
        this.frame = new Frame(fonts.faces(), links.source(publicUrl));
    }

    public void mount(Router router) {
        fonts.mount(router);
        router.get(ContentLinks.PATH + ":signed").handler(context -> {
            var loop = context.vertx().getOrCreateContext();
            boolean measured = context.queryParams().contains(MEASURE);
            Thread.ofVirtual().name("content").start(() -> {
                try {
                    var served = serve(context.pathParam("signed"), measured);
                    loop.runOnContext(_ -> send(context, served));
                } catch (Throwable failed) {
                    var problem = Problem.of(failed, "content");
                    loop.runOnContext(_ -> Api.send(context, problem));
                }
            });
        });
    }

    /// @param disposition null for what is shown in place
    record Served(String mediaType, String disposition, String policy, Buffer body) {}

    private Served serve(String signed, boolean measured) {
        var target = links.open(signed).orElseThrow(Content::gone);
        var viewer = sessions.viewer(target.viewer()).orElseThrow(Content::gone);
        return switch (target.kind()) {
            case MAIL -> mail(viewer, target.id(), measured);
            case FILE -> file(viewer, target.id());
        };
    }

    static Failure gone() {
        return new Failure.NotFound("The content");
    }

    private record Html(UUID ticketId, boolean ours) {}

    private Served mail(Caller viewer, UUID message, boolean measured) {
        var found = database.sql()
                .one(Html.class, """
                        select ticket_id, direction <> 'inbound' and kind <> 'forward' as ours
                        from message where id = $1 and html is not null""", message).orElseThrow(Content::gone);
        Policy.requireTicket(database.sql(), viewer, found.ticketId());
        var shown = safe.of(message, file -> links.file(file, viewer.id()));
        var document = measured ? frame.measured(shown, found.ours()) : Frame.plain(shown, found.ours());
        return new Served("text/html; charset=utf-8", null,
                measured ? frame.measuredPolicy() : frame.plainPolicy(), Buffer.buffer(document));
    }

    /// The whole document, without any script.
    ///
    /// @param safe sanitised HTML
    /// @param ours whether an agent wrote it
    public static String document(String safe, boolean ours) {
        return Frame.plain(safe, ours);
    }

    private record File(UUID ticketId, UUID uploadedBy, String name, String sha256) {}

    private Served file(Caller viewer, UUID attachment) {
        var found = database.sql().one(File.class, """
                select m.ticket_id, a.uploaded_by, a.name, a.sha256
                from attachment a left join message m on m.id = a.message_id
                where a.id = $1""", attachment).orElseThrow(Content::gone);
        if (found.ticketId() != null) {
            Policy.requireTicket(database.sql(), viewer, found.ticketId());
        } else if (!viewer.id().equals(found.uploadedBy())) {
            throw gone();
        }
        var bytes = Blobs.load(database.sql(), found.sha256());
        Optional<String> shown = MediaType.shownInPlace(bytes);
        return new Served(shown.orElse("application/octet-stream"),
                Download.disposition(shown.isPresent() ? "inline" : "attachment", found.name()),
                "sandbox; default-src 'none'", Buffer.buffer(bytes));
    }

    private static void send(RoutingContext context, Served served) {
        var response = context.response();
        if (response.ended() || response.closed()) return;
        response.putHeader("Content-Security-Policy", served.policy()).putHeader("Content-Type", served.mediaType())
                .putHeader("Cache-Control", "private, max-age=300").putHeader("Cross-Origin-Resource-Policy",
                "cross-origin");
        if (served.disposition() != null) response.putHeader("Content-Disposition", served.disposition());
        response.end(served.body());
    }

    /// The safest document there is: the source, as text.
    public static String asText(String html) {
        var escaped = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<!doctype html><meta charset=utf-8><pre>" + escaped + "</pre>";
    }
}
