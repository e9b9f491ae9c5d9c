package switchboard.channels.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandsetApiTest {
    private static final String ADA = "/handset/api/phones/%2B15551230001";
    private final Company company = new Company();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach void close() {
        http.close();
        company.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(company.carrier.baseUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(company.carrier.baseUrl() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject act(String action, String body) throws Exception {
        var answer = post(ADA + "/" + action, "application/json", body);
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    @Test void aTextSentOnThePageReachesTheCompanyAndTheAnswerIsShown() throws Exception {
        company.answers("/sms", "<Message>Hello back</Message>");
        var view = act("messages", "{\"text\": \"Hello 你好\"}");
        assertEquals("sent", view.getJsonArray("messages").getJsonObject(0).getString("direction"));
        company.await("/sms", "Body", "Hello 你好");
        company.carrier.handset("+15551230001").awaitText("Hello back");
        var shown = new JsonObject(get(ADA).body()).getJsonArray("messages");
        assertEquals("received", shown.getJsonObject(1).getString("direction"));
    }

    @Test void aCallIsShownWithWhatTheLineSaysAndTakesKeysAndSpeech() throws Exception {
        var ada = company.carrier.handset("+15551230001");
        company.answers("/voice", "<Gather numDigits=\"1\" timeout=\"30\" action=\"/menu\"><Say>Press one</Say>"
                + "</Gather>")
                .answers("/menu", "<Gather input=\"speech\" timeout=\"30\" action=\"/said\">"
                        + "<Say>Say your name</Say></Gather>")
                .answers("/said", "<Enqueue>q</Enqueue>");
        act("call", "{}");
        ada.awaitAsked();
        act("digits", "{\"digits\": \"1\"}");
        ada.awaitHeard("Say your name");
        ada.awaitAsked();
        act("speech", "{\"text\": \"Ada\"}");
        company.await("/said", "SpeechResult", "Ada");
        ada.awaitQueued();
        var call = new JsonObject(get(ADA).body()).getJsonObject("call");
        assertTrue(call.getBoolean("queued"));
        assertEquals("outgoing", call.getString("direction"));
        assertEquals(409, post(ADA + "/call", "application/json", "{}").statusCode(), "one call at a time");
        act("hangup", "{}");
        ada.awaitOver();
        assertEquals(409, post(ADA + "/digits", "application/json", "{\"digits\": \"1\"}").statusCode());
    }

    /// The page shows a call during set-up, so it can be answered before it rings.
    @Tag("U2")
    @Test void anAnswerGivenBeforeItRingsIsNotLost() throws Exception {
        var setUp = Duration.ofSeconds(5); // ended by the answer
        try (var slow = new Company(options -> options.withPace(new Pace(0, 0, setUp)))) {
            slow.access.read(twilio -> Call.creator(new PhoneNumber("+15551230001"), new PhoneNumber(Company.NUMBER),
                    new Twiml("<Response><Say>Hello</Say></Response>")).setTimeout(1).create(twilio));
            var answer = HttpRequest.newBuilder(URI.create(slow.carrier.baseUrl() + ADA + "/answer"))
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
            assertEquals(200, http.send(answer, HttpResponse.BodyHandlers.ofString()).statusCode());
            slow.carrier.handset("+15551230001").awaitHeard("Hello");
        }
    }

    @Test void everyChangeIsStreamed() throws Exception {
        var answer = http.send(HttpRequest.newBuilder(URI.create(company.carrier.baseUrl() + ADA + "/events")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals(0, next(lines).getJsonArray("messages").size());
            act("messages", "{\"text\": \"one\"}");
            assertEquals("one", next(lines).getJsonArray("messages").getJsonObject(0).getString("text"));
            act("outcome", "{\"calls\": \"no-answer\"}");
            assertEquals("no-answer", next(lines).getString("outcome"));
        }
    }

    private static JsonObject next(BufferedReader lines) throws IOException {
        while (true) {
            String line = lines.readLine();
            if (line.startsWith("data: ")) {
                return new JsonObject(line.substring(6));
            }
        }
    }

    @Test void foreignFormsBrokenBodiesAndUnknownNumbersAreRefused() throws Exception {
        assertEquals(415, post(ADA + "/call", "text/plain", "{}").statusCode());
        assertEquals(400, post(ADA + "/messages", "application/json", "{\"text\": \"\"}").statusCode());
        assertEquals(400, post(ADA + "/messages", "application/json", "not json").statusCode());
        assertEquals(400, post(ADA + "/dance", "application/json", "{}").statusCode());
        assertEquals(404, get("/handset/api/phones/nobody").statusCode());
        assertEquals(404, get("/handset/../../pom.xml").statusCode());
        assertEquals(409, post(ADA + "/call", "application/json", "{\"to\": \"+15550000000\"}").statusCode());
    }

    @Test void thePageNeedsNoInlineScriptOrStyle() throws Exception {
        var page = get("/handset/?number=%2B15551230001");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").contains("script-src 'self'"));
        assertFalse(page.body().contains("<style") || page.body().contains(" style=") || page.body()
                .contains("onclick"));
        for (String file : new String[] {"handset.js", "words.js", "handset.css"}) {
            assertEquals(200, get("/handset/" + file).statusCode(), file);
        }
    }
}
