package switchboard.channels.twilio;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Failpoint;

/// The way in for the carrier's webhooks. The raw body is read (64 KB at most), the signature is checked against the
/// public address and the raw request target, and only then does a handler see the form, on a virtual thread.
///
/// Doors of several channels may stand at one address: the first whose handler takes the form answers it.
public final class SignedDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SignedDoor.class);
    private static final String VERIFIED = "carrier.hook";
    /// Signed webhooks under way at the same time; each holds its form and waits for the database. The carrier hears
    /// 503 for any more, and comes again.
    static final int AT_ONCE_MAX = 1024;
    private static final int RETRY_AFTER_SECONDS = 2;

    /// A webhook whose signature holds.
    ///
    /// @param query what our own address carried; signed with the rest
    public record Hook(FormBody form, FormBody query, byte[] raw) {
        public String get(String name) {
            return form.get(name);
        }
    }

    public record Answer(int status, String contentType, String body) {
        /// Understood, and there is nothing to say.
        public static final Answer EMPTY = twiml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
        /// Not stored: the carrier is to come again.
        public static final Answer LATER = new Answer(503, "text/plain", "Not now.");
        private static final Answer TOO_LARGE = new Answer(413, "text/plain", "Too large.");

        public static Answer twiml(String xml) {
            return new Answer(200, "text/xml; charset=utf-8", xml);
        }
    }

    public interface Handler {
        /// @return empty when the form is none of this door's
        /// @throws Refused when a known field does not have its own syntax, or is about somebody else
        Optional<Answer> answer(Hook hook);
    }

    /// A signed form that was not made by the carrier for us: answered 403, without a reason.
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String field) {
            super(field, null, false, false);
        }
    }

    private final String publicUrl;
    private final String accountSid;
    private final Signature signature;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /// @param publicUrl scheme, host and port under which the carrier calls us, without a slash at the end
    public SignedDoor(String publicUrl, TwilioSettings settings) {
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
        this.accountSid = settings.accountSid();
        this.signature = new Signature(List.of(settings.authToken()));
    }

    public void open(Router router, String path, Handler handler) {
        router.post(path).handler(context -> {
            Hook known = context.get(VERIFIED);
            if (known != null) {
                handle(context, handler, known);
            } else if (context.request().isEnded()) {
                enter(context, handler, Optional.ofNullable(context.body().buffer()).orElse(Buffer.buffer()));
            } else {
                read(context, handler);
            }
        });
    }

    private void read(RoutingContext context, Handler handler) {
        var body = Buffer.buffer();
        var request = context.request();
        request.handler(chunk -> {
            if (context.response().ended()) return;
            if (body.length() + chunk.length() <= FormBody.SIZE_BYTES_MAX) body.appendBuffer(chunk);
            else cut(context);
        });
        request.endHandler(_ -> {
            if (!context.response().ended()) enter(context, handler, body);
        });
    }

    /// A body without end is not read to its end.
    private static void cut(RoutingContext context) {
        boolean ownConnection = context.request().version() != HttpVersion.HTTP_2;
        if (ownConnection) context.response().putHeader("Connection", "close");
        context.addEndHandler(_ -> {
            if (ownConnection) context.request().connection().close();
            else context.response().reset();
        });
        send(context, Answer.TOO_LARGE);
    }

    private void enter(RoutingContext context, Handler handler, Buffer body) {
        if (body.length() > FormBody.SIZE_BYTES_MAX) {
            send(context, Answer.TOO_LARGE);
            return;
        }
        var signed = context.request().getHeader(Signature.HEADER);
        if (!Signature.shaped(signed)) {
            refuse(context);
            return;
        }
        var raw = body.getBytes();
        FormBody form;
        try {
            form = FormBody.parse(raw);
        } catch (IllegalArgumentException crowded) {
            send(context, Answer.TOO_LARGE);
            return;
        }
        var target = context.request().uri();
        boolean ours = target.startsWith("/") && signature.verify(publicUrl + target, form, signed)
                && form.all("AccountSid").equals(List.of(accountSid));
        if (!ours) {
            refuse(context);
            return;
        }
        var query = context.request().query();
        var hook = new Hook(form, FormBody.parse(query == null ? "" : query), raw);
        context.put(VERIFIED, hook);
        handle(context, handler, hook);
    }

    private void handle(RoutingContext context, Handler handler, Hook hook) {
        if (!places.tryAcquire()) {
            send(context, Answer.LATER);
            return;
        }
        var loop = Vertx.currentContext();
        Thread.ofVirtual().name("webhook").start(() -> {
            try {
                var answer = handler.answer(hook);
                Failpoint.pass("hook.before-answer");
                answer.ifPresentOrElse(one -> send(context, one), () -> loop.runOnContext(_ -> context.next()));
            } catch (Refused wrong) {
                LOG.info("a signed webhook was refused: {}", wrong.getMessage());
                refuse(context);
            } catch (RuntimeException failed) {
                LOG.warn("a webhook to {} could not be stored: {}", context.request().path(), failed.toString(),
                        failed);
                send(context, Answer.LATER);
            } finally {
                places.release();
            }
        });
    }

    private static void refuse(RoutingContext context) {
        send(context, new Answer(403, "text/plain", "Forbidden."));
    }

    private static void send(RoutingContext context, Answer answer) {
        if (answer.status() == 503) {
            context.response().putHeader("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
        }
        context.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff")
                .end(answer.body());
    }
}
