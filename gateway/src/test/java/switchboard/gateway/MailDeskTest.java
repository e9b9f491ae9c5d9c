package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Mail in by SMTP, what the console and API clients receive, and mail out, in the running program.
class MailDeskTest {
    private static Server server;
    private static String admin;

    @BeforeAll
    static void start() {
        server = Server.demo();
        admin = server.call("POST", "/api/v1/session", null,
                "{\"email\": \"admin@demo.test\", \"password\": \"demo\"}").json().path("token").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode get(String path) {
        var answer = server.get("/api/v1" + path, admin);
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static Server.Answer call(String method, String path, String body) {
        return server.call(method, "/api/v1" + path, admin, body, "Idempotency-Key", UUID.randomUUID().toString());
    }

    private static void mail(String to, String from, String subject, String id, String headers, String text) {
        var raw = "From: " + from + "\r\nTo: " + to + "\r\nSubject: " + subject + "\r\nMessage-ID: <" + id + ">\r\n"
                + headers + "\r\n" + text + "\r\n";
        var said = SmtpClient.send(server.smtpPort(), to, raw.getBytes(StandardCharsets.UTF_8));
        assertTrue(said.startsWith("250"), said);
    }

    private static JsonNode ticket(String subject) {
        var query = "/tickets?view=all&limit=20&q=" + subject.replace(" ", "%20");
        until(() -> get(query).path("items").size() > 0);
        return get(query).path("items").path(0);
    }

    private static JsonNode received(String address, String words) {
        var path = "/demo/api/mailboxes/" + address + "/messages";
        until(() -> server.get(path, null).text().contains(words));
        var all = server.get(path, null).json().path("items");
        for (var one : all) if (one.path("text").asText().contains(words)) return one;
        throw new AssertionError(all.toString());
    }

    @Test
    @Tag("M-aliases")
    void aMailboxHasFurtherAddressesThatNoOtherHas() {
        var made = call("POST", "/mailboxes", """
                {"name": "Shop", "address": "shop@demo.test", "aliases": ["orders@demo.test", "ORDERS@demo.test"],
                 "version": 0}""");
        assertEquals(201, made.status(), made.text());
        assertEquals("[\"orders@demo.test\"]", made.json().path("aliases").toString());
        for (var taken : new String[] {"support@demo.test", "Support@Demo.test"}) {
            var refused = call("POST", "/mailboxes", "{\"name\": \"X\", \"address\": \"x@demo.test\", \"aliases\": [\""
                    + taken + "\"], \"version\": 0}");
            assertEquals("address-taken", refused.code(), refused.text());
        }
        assertEquals("address-taken", call("POST", "/mailboxes",
                "{\"name\": \"X\", \"address\": \"Orders@demo.test\", \"version\": 0}").code());
        for (var wrong : new String[] {"no address", "*demo.test", "a*@demo.test, b", "*@*.test", ""}) {
            var refused = call("POST", "/mailboxes", "{\"name\": \"X\", \"address\": \"x@demo.test\", \"aliases\": [\""
                    + wrong + "\"], \"version\": 0}");
            assertEquals(400, refused.status(), wrong + ": " + refused.text());
        }
        assertEquals(0, server.app.database.sql().value(Long.class,
                "select count(*) from mailbox where address = 'x@demo.test'").orElseThrow());
        mail("orders@demo.test", "Ola <ola@o.test>", "By an alias", "ola1@o.test", "Cc: pal@o.test\r\n", "Hello");
        var ticket = ticket("By an alias");
        assertEquals("shop@demo.test", ticket.path("ourAddress").asText());
        var line = get("/tickets/" + ticket.path("id").asText() + "/lines").path("items").path(0);
        assertEquals("orders@demo.test", line.path("from").asText(), line.toString());
        assertEquals("[\"pal@o.test\"]", line.path("cc").toString());
        var id = made.json().path("id").asText();
        var version = made.json().path("version").asInt();
        var kept = call("PATCH", "/mailboxes/" + id, "{\"name\": \"Shop 2\", \"version\": " + version + "}").json();
        assertEquals("[\"orders@demo.test\"]", kept.path("aliases").toString(), "left out means as they are");
        var none = call("PATCH", "/mailboxes/" + id, "{\"aliases\": [], \"version\": " + kept.path("version").asInt()
                + "}").json();
        assertEquals("[]", none.path("aliases").toString());
    }

    @Test
    @Tag("M-history")
    void whetherAnswersQuoteIsTheCompanysToSay() {
        assertTrue(get("/company").path("quoteHistory").asBoolean());
        mail("support@demo.test", "Quinn <quinn@q.test>", "Quoting it", "quinn1@q.test", "", "My own question");
        var path = "/tickets/" + ticket("Quoting it").path("id").asText();
        assertEquals(201, call("POST", path + "/replies", "{\"text\": \"First answer\"}").status());
        assertTrue(received("quinn@q.test", "First answer").path("text").asText().contains("> My own question"));
        var off = call("PATCH", "/company", "{\"quoteHistory\": false}");
        assertFalse(off.json().path("quoteHistory").asBoolean(), off.text());
        assertEquals("Puddlegoose", off.json().path("name").asText().split(" ")[0], "the name stays");
        assertEquals(201, call("POST", path + "/replies", "{\"text\": \"Second answer\"}").status());
        assertFalse(received("quinn@q.test", "Second answer").path("text").asText().contains("My own question"));
        assertTrue(call("PATCH", "/company", "{\"quoteHistory\": true}").json().path("quoteHistory").asBoolean());
        var agent = server.token(server.agent("anybody", switchboard.ticketing.access.Caller.Role.AGENT));
        assertEquals(403, server.call("PATCH", "/api/v1/company", agent, "{\"quoteHistory\": false}").status());
    }

    @Test
    @Tag("M12")
    @Tag("M25")
    void ourOwnAnswerAndASecondCopyOfAMailChangeNothing() {
        mail("support@demo.test", "Rae <rae@r.test>", "Rhubarb receipt", "rae1@r.test",
                "Date: Thu, 1 Jan 2026 10:00:00 +0000\r\n", "One question");
        var ticket = ticket("Rhubarb receipt");
        var path = "/tickets/" + ticket.path("id").asText();
        assertEquals(201, call("POST", path + "/replies",
                "{\"text\": \"One answer\", \"cc\": [\"support@demo.test\"]}").status());
        received("rae@r.test", "One answer");
        mail("support+tag@demo.test", "Rae <rae@r.test>", "Rhubarb receipt", "rae1@r.test", "X-Way: second\r\n",
                "One question");
        until(() -> server.app.database.sql().value(Long.class,
                "select count(*) from inbox where state = 'new'").orElse(1L) == 0);
        var items = get(path + "/timeline?limit=50").path("items");
        int messages = 0;
        for (var one : items) if (one.path("kind").asText().equals("message")) messages++;
        assertEquals(2, messages, items.toString());
        assertEquals("pending", get(path).path("status").asText());
        assertEquals(0, get("/customers?q=support@demo.test").path("items").size());
        var shown = items.path(1).path("sentAt").asText() + items.path(0).path("sentAt").asText()
                + items.path(2).path("sentAt").asText();
        assertTrue(shown.contains("2026-01-01T10:00:00Z"), "what the sender claims is told");
    }

    private static JsonNode appointment(String subject, String id, String calendar) {
        var boundary = "Content-Type: multipart/alternative; boundary=b\r\n";
        mail("support@demo.test", "Tove <tove@t.test>", subject, id, "MIME-Version: 1.0\r\n" + boundary, "--b\r\n"
                + "Content-Type: text/plain\r\n\r\nPlease come.\r\n--b\r\nContent-Type: text/calendar\r\n\r\n"
                + calendar.replace("\n", "\r\n") + "--b--");
        return item(ticket(subject).path("id").asText()).path("appointment");
    }

    private static JsonNode item(String ticket) {
        for (var one : get("/tickets/" + ticket + "/timeline?limit=50").path("items")) {
            if (one.path("direction").asText().equals("inbound")) return one;
        }
        throw new AssertionError("no message");
    }

    private static String calendar(String method, int sequence) {
        return """
                BEGIN:VCALENDAR
                VERSION:2.0
                METHOD:%s
                BEGIN:VEVENT
                UID:visit-7@t.test
                SEQUENCE:%d
                SUMMARY:Visit to the workshop
                DTSTART;TZID=Asia/Tokyo:20260310T100000
                DURATION:PT90M
                LOCATION:Bench 4
                ORGANIZER;CN=Tove Lind:mailto:tove@t.test
                END:VEVENT
                END:VCALENDAR
                """.formatted(method, sequence);
    }

    @Test
    @Tag("M36")
    void anInvitationIsToldInFactsAndSaysWhatBecameOfIt() {
        var asked = appointment("Zirbelvisit", "tove1@t.test", calendar("REQUEST", 0));
        assertEquals("invitation", asked.path("kind").asText(), asked.toString());
        assertEquals("Visit to the workshop", asked.path("summary").asText());
        assertEquals("2026-03-10T10:00", asked.path("when").path("start").asText());
        assertEquals("2026-03-10T01:00:00Z", asked.path("when").path("startsAt").asText());
        assertEquals("2026-03-10T11:30", asked.path("when").path("end").asText());
        assertEquals("2026-03-10T02:30:00Z", asked.path("when").path("endsAt").asText());
        assertEquals("Asia/Tokyo", asked.path("when").path("zone").asText());
        assertEquals("Bench 4", asked.path("place").asText());
        assertEquals("Tove Lind <tove@t.test>", asked.path("organiser").asText());
        assertFalse(asked.path("alone").asBoolean(true), "the mail has words of its own");
        assertTrue(asked.path("later").isNull(), asked.toString());
        var moved = appointment("Zirbelmoved", "tove2@t.test", calendar("REQUEST", 1));
        assertEquals("changed", moved.path("kind").asText(), moved.toString());
        var off = appointment("Zirbeloff", "tove3@t.test", calendar("CANCEL", 2));
        assertEquals("cancelled", off.path("kind").asText(), off.toString());
        assertEquals("cancelled", item(ticket("Zirbelvisit").path("id").asText()).path("appointment").path("later")
                .asText(), "the invitation says that it has been taken back since");
        assertTrue(item(ticket("Zirbeloff").path("id").asText()).path("appointment").path("later").isNull());
    }

    @Test
    @Tag("M36")
    void aMailWithoutAnAppointmentHasNone() {
        mail("support@demo.test", "Uma <uma@u.test>", "No date at all", "uma1@u.test", "", "Just a question");
        var item = item(ticket("No date at all").path("id").asText());
        assertTrue(item.has("appointment") && item.path("appointment").isNull(), item.toString());
        var broken = appointment("A broken date", "uma2@u.test", "BEGIN:VCALENDAR\nnothing\nEND:VCALENDAR\n");
        assertTrue(broken.isNull(), broken.toString());
    }
}
