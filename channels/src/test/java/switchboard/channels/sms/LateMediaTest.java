package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.HttpServer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.line.Office;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.TwilioSettings;

/// Media that the carrier doesn't serve at once.
@Tag("D02")
@Timeout(90)
class LateMediaTest {
    /// Status codes by path; all other paths succeed.
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private Office office;
    private HttpServer store;

    @BeforeEach void open() {
        office = new Office() {
            @Override
            protected java.util.List<switchboard.channels.Channel> channels() {
                store = vertx.createHttpServer().requestHandler(request -> {
                    var left = failures.get(request.path());
                    int status = left == null || left.getAndDecrement() <= 0 ? 200
                            : request.path().contains("gone") ? 404 : 503;
                    request.response().setStatusCode(status).end(status == 200 ? "bytes of " + request.path() : "");
                });
                store.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
                var elsewhere = new TwilioSettings(ACCOUNT, TOKEN, java.util.Optional.empty(),
                        java.util.Optional.empty(), java.util.Optional.of(java.net.URI.create("http://127.0.0.1:"
                        + store.actualPort())));
                return java.util.List.of(new SmsChannel(database, inbox, outbox, intake, journal, access, elsewhere,
                        publicUrl));
            }
        };
    }

    @AfterEach void close() {
        office.close();
    }

    private void picture(String body, String... pathsAndTypes) throws Exception {
        var sid = "MM" + UUID.randomUUID().toString().replace("-", "");
        var form = FormBody.of("MessageSid", sid, "AccountSid", Office.ACCOUNT, "From", "+15551230001", "To",
                Office.NUMBER, "Body", body, "NumMedia", String.valueOf(pathsAndTypes.length / 2));
        for (int i = 0; i < pathsAndTypes.length; i += 2) {
            form = form.with("MediaUrl" + i / 2, "http://127.0.0.1:" + store.actualPort() + pathsAndTypes[i])
                    .with("MediaContentType" + i / 2, pathsAndTypes[i + 1]);
        }
        assertEquals(200, office.post("/webhooks/twilio/sms", form, Office.TOKEN, UnaryOperator.identity())
                .statusCode());
    }

    @Test void whatFailsAtFirstIsFetchedAgainAndSeveralFilesOfAnyTypeAreKept() {
        office.play(() -> {
            failures.put("/busy.jpg", new AtomicInteger(2));
            failures.put("/gone-for-a-moment.jpg", new AtomicInteger(1));
            picture("", "/busy.jpg", "image/jpeg", "/gone-for-a-moment.jpg", "image/jpeg", "/card", "text/x-vcard",
                    "/film", "video/3gpp", "/odd", "no type at all");
            office.awaitNextTries("all files",
                    () -> office.count("attachment a join message m on m.id = a.message_id") == 5);
            assertEquals("picture-1.jpg,picture-2.jpg,file-3.vcf,video-4.3gp,file-5.bin",
                    office.database.sql().value(String.class, "select string_agg(name, ',' order by position) "
                            + "from attachment").orElseThrow());
            assertEquals(0, office.count("message where flags @> '{media-lost}'"));
        });
    }

    @Test void whatIsGoneForGoodIsMarkedAndTheMarkGoesWhenItComesAfterAll() {
        office.play(() -> {
            failures.put("/gone", new AtomicInteger(1000));
            picture("Look", "/gone", "image/png", "/there", "image/png");
            office.awaitNextTries("the mark",
                    () -> office.count("message where text = 'Look' and flags @> '{media-lost}'") == 1);
            office.awaitRow("the other one", "select 1 from attachment where position = 1");
            assertEquals(1, office.count("message where flags @> '{media-lost}'"));
            failures.clear();
            office.awaitNextTries("given up",
                    () -> office.count("outbox where channel = 'sms-media' and state = 'failed'") == 1);
            var id = office.database.sql().value(Long.class, "select id from outbox where state = 'failed'")
                    .orElseThrow();
            office.database.run(tx -> office.outbox.retry(tx, id));
            office.outbox.committed();
            office.awaitRow("the picture", "select 1 from attachment where position = 0");
            office.awaitRow("no mark", "select 1 from message where text = 'Look' and not flags @> '{media-lost}'");
        });
    }
}
