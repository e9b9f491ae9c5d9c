package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Town.await;
import static switchboard.gateway.journey.Town.count;
import static switchboard.gateway.journey.Town.first;
import static switchboard.gateway.journey.Town.items;
import static switchboard.gateway.journey.Town.json;
import static switchboard.gateway.journey.Town.patiently;
import static switchboard.gateway.journey.Town.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Settings;

/// The whole program, started as `./switchboard demo` starts it, spoken to over nothing but its sockets.
class JourneyTest {
    private static Town town;

    @BeforeAll
    static void open() {
        town = new Town();
        town.freeEverybody();
    }

    @AfterAll
    static void close() {
        town.close();
    }

    private static void reply(JsonNode item, String text) {
        var ticket = item.path("ticketId").asText();
        var sent = town.post(town.tokenOf(town.assignee(ticket).path("id").asText()), "/tickets/" + ticket + "/replies",
                json(Map.of("text", text, "undoSeconds", 0)), 201);
        assertNotEquals("", sent.path("id").asText());
    }

    @Test
    void onePersonOnFourChannelsIsOneTimelineAndIsAnsweredOnEach() {
        var wanda = town.customer("Wanda Flint", "wanda.flint@customers.example", "+15550177001");
        byMail(wanda);
        byText(wanda);
        byChat(wanda);
        byTelephone(wanda);
        var timeline = town.timeline(wanda);
        Set<String> channels = new TreeSet<>();
        Set<String> tickets = new TreeSet<>();
        long seq = 0;
        for (var item : items(timeline)) {
            if (item.path("direction").asText().equals("inbound")) channels.add(item.path("channel").asText());
            if (item.path("ticketId").isTextual()) tickets.add(item.path("ticketId").asText());
            assertTrue(item.path("seq").asLong() >= seq, "in order");
            seq = item.path("seq").asLong();
        }
        assertEquals(Set.of("chat", "email", "phone", "sms"), channels);
        for (var ticket : tickets) explained(ticket);
        var found = town.get(town.admin, "/customers?q=wanda.flint@customers.example");
        assertEquals(1, found.path("items").size(), found.toString());
    }

    private static void explained(String ticket) {
        var shown = town.get(town.admin, "/tickets/" + ticket);
        assertTrue(shown.path("assignee").isObject(), shown.toString());
        var decision = first(town.get(town.admin, "/tickets/" + ticket + "/routing"),
                one -> one.path("outcome").asText().equals("assigned"));
        assertFalse(decision == null, "no decision is stored for " + shown);
        assertNotEquals("", decision.path("reason").asText());
        assertTrue(decision.path("candidates").size() > 1, decision.toString());
        for (var candidate : decision.path("candidates")) {
            assertTrue(candidate.path("eligible").asBoolean() || candidate.path("reasons").size() > 0,
                    candidate.toString());
        }
    }

    private static void byMail(String wanda) {
        var letter = Town.letter("Wanda Flint <wanda.flint@customers.example>", "The zip is stuck",
                "zip-1@customers.example", "The zip of my bag is stuck.");
        assertTrue(town.mail("wanda.flint@customers.example", letter).startsWith("250"));
        assertTrue(town.mail("wanda.flint@customers.example", letter).startsWith("250"));
        var item = town.onTimeline(wanda, "zip of my bag");
        assertEquals("email", item.path("channel").asText());
        reply(item, "Rub a candle on the teeth.");
        var answer = town.mailFor("wanda.flint@customers.example",
                mail -> mail.path("text").asText().contains("candle"));
        assertTrue(answer.path("raw").asText().contains("<zip-1@customers.example>"), "it continues the thread");
        until("sent", () -> Set.of("sent", "delivered").contains(status(wanda, "candle")));
        assertEquals(1, count(town.timeline(wanda), one -> one.path("text").asText().contains("zip of my bag")));
    }

    private static String status(String customer, String text) {
        return town.onTimeline(customer, text).path("status").asText();
    }

    private static void byText(String wanda) {
        var phone = town.handset("+15550177001");
        phone.text("Is my parcel on its way?");
        var item = town.onTimeline(wanda, "parcel on its way");
        assertEquals("sms", item.path("channel").asText());
        reply(item, "It left yesterday.");
        patiently(() -> phone.awaitText("It left yesterday."));
        until("delivered", () -> status(wanda, "It left yesterday").equals("delivered"));
        var again = Town.sms("+15550177001", "SM" + "0a".repeat(16), "One more thing");
        assertEquals(200, town.webhook(again, Settings.DEMO_TWILIO_TOKEN));
        town.onTimeline(wanda, "One more thing");
        long inbox = town.rows("inbox");
        assertEquals(200, town.webhook(again, Settings.DEMO_TWILIO_TOKEN));
        assertEquals(inbox, town.rows("inbox"), "the very same request leaves no second trace");
        assertEquals(403, town.webhook(Town.sms("+15550177001", "SM" + "0b".repeat(16), "Forged"), "another token"));
        assertEquals(inbox, town.rows("inbox"), "what is not signed leaves no trace");
        phone.text("Thanks!");
        town.onTimeline(wanda, "Thanks!");
        var timeline = town.timeline(wanda);
        assertEquals(1, count(timeline, one -> one.path("text").asText().contains("One more thing")));
        assertEquals(0, count(timeline, one -> one.path("text").asText().contains("Forged")));
    }

    private static void byChat(String wanda) {
        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.hello(town.get(town.admin, "/widget").path("key").asText());
            chat.write("Do you sell straps?");
            chat.say("identify", Map.of("email", "wanda.flint@customers.example"));
            chat.next("code-sent");
            var mail = town.mailFor("wanda.flint@customers.example",
                    one -> one.path("subject").asText().matches(".*\\d{6}.*"));
            chat.say("code", Map.of("code", mail.path("subject").asText().replaceAll("\\D", "")));
            assertEquals("wanda.flint@customers.example", chat.next("verified").path("email").asText());
            var item = town.onTimeline(wanda, "Do you sell straps?");
            assertEquals("chat", item.path("channel").asText());
            reply(item, "In four colours.");
            assertTrue(chat.nextAnswer().path("text").asText().contains("In four colours."));
        }
    }

    @Test
    void aMailIsForwardedWithItsWordsAndAnEndedChatIsEndedForItsVisitor() {
        var olaf = town.customer("Olaf Berg", "olaf.berg@customers.example", "+15550177009");
        town.mail("olaf.berg@customers.example", Town.letter("Olaf Berg <olaf.berg@customers.example>", "A torn strap",
                "strap-1@customers.example", "The strap of my bag is torn."));
        var item = town.onTimeline(olaf, "strap of my bag");
        var body = json(Map.of("to", List.of("workshop@maker.example"), "text", "Can you mend this?", "messageId",
                item.path("id").asText()));
        var sent = town.post(town.admin, "/tickets/" + item.path("ticketId").asText() + "/forward", body, 201);
        var mail = town.mailFor("workshop@maker.example", one -> one.path("subject").asText().startsWith("Fwd: "));
        assertTrue(mail.path("text").asText().contains("Can you mend this?"), mail.toString());
        assertTrue(mail.path("text").asText().contains("strap of my bag"), mail.toString());
        assertEquals(sent.path("id").asText(), town.onTimeline(olaf, "Can you mend this?").path("id").asText());
        until("sent", () -> status(olaf, "Can you mend this?").equals("sent"));

        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.hello(town.get(town.admin, "/widget").path("key").asText());
            chat.write("Is anybody there?");
            var ticket = await("the chat's ticket", () -> first(town.get(town.admin, "/tickets?view=chats"),
                    one -> one.path("lastMessage").path("preview").asText().equals("Is anybody there?")));
            var path = "/tickets/" + ticket.path("id").asText() + "/chat/end";
            assertTrue(town.post(town.admin, path, "{}", 200).path("chatEndedAt").isTextual());
            chat.next("ended");
            chat.write("Another matter");
            var next = await("another ticket", () -> first(town.get(town.admin, "/tickets?view=chats"),
                    one -> one.path("lastMessage").path("preview").asText().equals("Another matter")));
            assertNotEquals(ticket.path("id").asText(), next.path("id").asText());
            assertEquals(0, count(town.get(town.admin, "/tickets?view=chats"), ticket::equals));
        }
        var notChat = town.server.call("POST", "/api/v1/tickets/" + item.path("ticketId").asText() + "/chat/end",
                town.admin, "{}");
        assertEquals("no-chat", notChat.code());
    }

    private static void chatHours(String days) {
        var version = town.get(town.admin, "/widget").path("version").asInt();
        var answer = town.server.call("PATCH", "/api/v1/widget", town.admin,
                "{\"version\": " + version + ", \"hours\": {\"timezone\": \"UTC\", \"days\": " + days + "}}");
        assertEquals(200, answer.status(), answer.text());
    }

    @Test
    void whoLeavesAMessageWhenTheChatIsClosedGetsTheAnswerByMailAndGoesOnByMail() {
        var owl = "night.owl@customers.example";
        chatHours("{}");
        try (var chat = new ChatSocket(town.server.app.url)) {
            var key = town.get(town.admin, "/widget").path("key").asText();
            until("closed", () -> !town.server.get("/chat/config?key=" + key, null).json().path("open").asBoolean());
            assertFalse(chat.hello(key).path("open").asBoolean());
            chat.write("Do your bags swim?");
            chat.say("contact", Map.of("email", owl, "name", "Night Owl"));
            chat.next("contact-kept");
        } finally {
            chatHours("{\"mon\": [{\"from\": \"00:00\", \"to\": \"24:00\"}]}");
        }
        var ticket = await("the chat's ticket", () -> first(town.get(town.admin, "/tickets?view=chats"),
                one -> one.path("lastMessage").path("preview").asText().equals("Do your bags swim?")));
        var path = "/tickets/" + ticket.path("id").asText();
        town.post(town.admin, path + "/replies", json(Map.of("text", "They float.", "undoSeconds", 0)), 201);
        var mail = town.mailFor(owl, one -> one.path("text").asText().contains("They float."));
        var raw = mail.path("raw").asText();
        var replyTo = raw.replaceFirst("(?s).*?\r?\nReply-To: [^<]*<([^>]+)>.*", "$1");
        var id = raw.replaceFirst("(?s).*?\r?\nMessage-ID: <([^>]+)>.*", "$1");
        town.mail(owl, replyTo, Town.letter("Night Owl <" + owl + ">", "Re: your chat",
                "owl-1@customers.example>\r\nIn-Reply-To: <" + id, "Good to know!"));
        until("the mail joins the chat", () -> count(town.get(town.admin, path + "/timeline?limit=100"),
                item -> item.path("channel").asText().equals("email")
                        && item.path("text").asText().contains("Good to know!")) == 1);
        assertEquals(1, town.mailbox(owl).path("items").size());
    }

    private static void byTelephone(String wanda) {
        var phone = town.handset("+15550177001");
        phone.call();
        patiently(() -> phone.awaitHeard("Welcome to Puddlegoose"));
        patiently(() -> phone.press("2"));
        patiently(phone::awaitQueued);
        var offered = await("the offer", () -> first(town.get(town.admin, "/calls?state=live"),
                call -> call.path("state").asText().equals("offered")));
        assertEquals(wanda, offered.path("customer").path("id").asText(), "the caller is known by the number");
        var agent = offered.path("agent").path("id").asText();
        var call = "/calls/" + offered.path("id").asText();
        var token = town.tokenOf(agent);
        town.post(token, call + "/accept", null, 200);
        var desk = town.handset(town.get(town.admin, "/agents/" + agent).path("phone").asText());
        patiently(desk::answer);
        patiently(desk::awaitConference);
        patiently(phone::awaitConference);
        phone.speak("The strap came off");
        patiently(() -> desk.awaitHeard("The strap came off"));
        phone.hangUp();
        patiently(desk::awaitOver);
        var card = await("the call's card", () -> first(town.timeline(wanda), item ->
                item.path("kind").asText().equals("call") && item.path("call").path("durationSeconds").isNumber()
                && Set.of("wrapup", "ended").contains(item.path("call").path("state").asText())));
        assertEquals("answered", card.path("call").path("outcome").asText(), card.toString());
        town.post(token, call + "/hangup", null, 200);
    }

    @Test
    void theHelpCentreIsOpenAndFindsWhatIsAskedFor() {
        var home = town.server.get("/help/en/", null);
        assertEquals(200, home.status());
        assertTrue(home.text().contains("Puddlegoose"), home.text());
        var found = await("an article about refunds", () -> {
            var page = town.server.get("/api/v1/articles/search?q=refund&locale=en&limit=5", null).json();
            return page.path("items").isEmpty() ? null : page.path("items").path(0);
        });
        var page = town.server.get(found.path("url").asText().replace(town.server.app.url, ""), null);
        assertEquals(200, page.status(), found.toString());
        assertTrue(page.text().toLowerCase(java.util.Locale.ROOT).contains("refund"));
    }

    @Test
    void whatIsWrongIsRefusedInOneShapeAndTheNextEventIsHandled() {
        var admin = town.admin;
        refused(400, town.server.call("POST", "/api/v1/customers", admin, "{\"name\": "));
        refused(400, town.server.call("POST", "/api/v1/customers", admin, "{\"nam\": \"x\"}"));
        refused(404, town.server.get("/api/v1/nowhere", admin));
        refused(404, town.server.get("/nowhere", null));
        refused(404, town.server.get("/api/v1/tickets/" + UUID.randomUUID(), admin));
        refused(401, town.server.get("/api/v1/tickets", null));
        var large = "{\"name\": \"" + "x".repeat(2 << 20) + "\"}";
        refused(413, town.server.call("POST", "/api/v1/customers", admin, large));

        var hostile = "Robert'); drop table ticket; -- <script>alert(1)</script>";
        var robert = town.customer(hostile, "robert.tables@customers.example", "+15550177002");
        assertEquals(hostile, town.get(admin, "/customers/" + robert).path("name").asText());
        town.get(admin, "/search?q=" + java.net.URLEncoder.encode(hostile, java.nio.charset.StandardCharsets.UTF_8));
        var odd = Town.sms("'; drop table inbox", "SM" + "0c".repeat(16), "x");
        assertEquals(200, town.webhook(odd, Settings.DEMO_TWILIO_TOKEN), "a name is whatever the carrier gives");
        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.raw("{{{");
            until("the socket is closed", () -> chat.closed() == 4400);
        }
        assertTrue(town.mail("robert.tables@customers.example", "\u0000\u0007 this is no mail").startsWith("250"));
        assertTrue(town.mail("robert.tables@customers.example", Town.letter("robert.tables@customers.example", hostile,
                "tables-1@customers.example", hostile + " and all is well")).startsWith("250"));
        assertTrue(town.onTimeline(robert, "and all is well").path("subject").asText().contains("drop table"));
    }

    private static void refused(int status, switchboard.gateway.Server.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""), answer.text());
        assertEquals(status, answer.json().path("status").asInt());
        assertNotEquals("", answer.code());
    }
}
