package switchboard.gateway.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.http.Download;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Signer;

class ContentTest {
    private static Server server;
    private static UUID ada;
    private static UUID out;
    private static String token;
    private static UUID mail;

    @BeforeAll
    static void start() {
        server = new Server();
        var team = server.app.teams.create(new Teams.Change("A", null, null)).id();
        ada = server.agent("ada", Role.AGENT, team);
        out = server.agent("out", Role.AGENT);
        token = server.token(ada);
        server.token(out);
        mail = server.message(server.ticket(team, null),
                "<p onclick=alert(1)>Hello</p><script>alert(1)</script><img src=\"https://tracker.example/p.gif\">");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hostileMailIsServedSanitisedUnderAPolicyThatRunsNothing() {
        var served = server.get(server.app.links.mail(mail, ada), null);
        assertEquals(200, served.status(), served.text());
        assertEquals("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
                + "style-src 'unsafe-inline'; img-src data: " + server.app.url + "/content/",
                served.headers().firstValue("Content-Security-Policy").orElse(""));
        assertFalse(served.text().contains("<script"), served.text());
        assertTrue(served.text().contains("Hello"));
        assertFalse(served.text().contains("alert") || served.text().contains("tracker.example"), served.text());
    }

    @Test
    @Tag("U6")
    void theMeasuredMailRunsOneScriptOfOursThatItsPolicyNamesAndHasNoOrigin() throws Exception {
        var served = server.get(server.app.links.mail(mail, ada) + "?measure", null);
        assertEquals(200, served.status(), served.text());
        var scripts = java.util.regex.Pattern.compile("<script>(.*?)</script>", java.util.regex.Pattern.DOTALL)
                .matcher(served.text()).results().map(found -> found.group(1)).toList();
        assertEquals(1, scripts.size(), served.text());
        var hash = Base64.getEncoder().encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                .digest(scripts.getFirst().getBytes(StandardCharsets.UTF_8)));
        var from = server.app.url + "/content/";
        assertEquals("sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
                + "script-src 'sha256-" + hash + "'; style-src 'unsafe-inline'; img-src data: " + from
                + "; font-src " + from + "fonts/; base-uri 'none'; form-action 'none'",
                served.headers().firstValue("Content-Security-Policy").orElse(""));
        assertTrue(served.text().contains("Hello"));
        assertFalse(served.text().contains("alert") || served.text().contains("tracker.example"), served.text());
        var other = server.message(server.ticket(null, ada), "<p>Another mail</p>");
        var again = server.get(server.app.links.mail(other, ada) + "?measure", null).text();
        assertTrue(again.contains("<script>" + scripts.getFirst() + "</script>"), "the same script for every mail");
    }

    @Test
    @Tag("U6")
    void aFileIsServedAsStrictlyWhateverIsAskedBesides() {
        var stored = upload("a.html", "text/html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        var served = server.get(stored.json().path("url").asText() + "?measure", null);
        assertEquals("sandbox; default-src 'none'", served.headers().firstValue("Content-Security-Policy").orElse(""));
    }

    @Test
    @Tag("U6")
    void theLettersOfTheConsoleMayBeAskedForByADocumentWithoutOrigin() {
        var page = server.get(server.app.links.mail(mail, ada) + "?measure", null).text();
        var faces = java.util.regex.Pattern.compile("url\\((/content/fonts/[^)]+)\\)").matcher(page).results()
                .map(found -> found.group(1)).toList();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                ContentTest.class.getClassLoader().getResource("switchboard/web/console/index.html") != null,
                "without a built console there are no letters of its own");
        assertFalse(faces.isEmpty(), page);
        for (var face : faces) {
            var font = server.get(face, null);
            assertEquals(200, font.status(), face);
            assertEquals("font/woff2", font.headers().firstValue("Content-Type").orElse(""));
            assertEquals("*", font.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
            assertEquals("cross-origin", font.headers().firstValue("Cross-Origin-Resource-Policy").orElse(""));
        }
        assertEquals(404, server.get("/content/fonts/index.html", null).status());
        assertEquals(404, server.get("/content/fonts/..%2findex.html", null).status());
    }

    @Test
    @Tag("T37")
    void anAddressOfAnotherViewerOrWithAnyBitChangedOrTooOldShowsNothing() {
        assertEquals(404, server.get(server.app.links.mail(mail, out), null).status(), "may not see the ticket");
        assertEquals(404, server.get(server.app.links.mail(mail, ContentLinks.SHARED), null).status());
        var good = server.app.links.mail(mail, ada);
        for (int i = ContentLinks.PATH.length(); i < good.length(); i += 7) {
            var other = good.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals(404, server.get(good.substring(0, i) + other + good.substring(i + 1), null).status());
        }
        var signer = new Signer("a-secret-of-the-tests-only");
        var then = Instant.parse("2026-01-01T00:00:00Z");
        var signed = new ContentLinks(signer, "", Clock.fixed(then, ZoneOffset.UTC)).mail(mail, ada)
                .substring(ContentLinks.PATH.length());
        assertTrue(new ContentLinks(signer, "", Clock.fixed(then.plus(Duration.ofMinutes(10)), ZoneOffset.UTC))
                .open(signed).isPresent());
        assertTrue(new ContentLinks(signer, "", Clock.fixed(then.plusSeconds(901), ZoneOffset.UTC)).open(signed)
                .isEmpty());
    }

    @Test
    @Tag("T30")
    void anAddressDiesWithTheViewersAccess() {
        var bob = server.agent("bob", Role.ADMIN);
        var address = server.app.links.mail(mail, bob);
        assertEquals(404, server.get(address, null).status(), "bob is not signed in");
        var bobs = server.token(bob);
        assertEquals(200, server.get(address, null).status());
        server.call("DELETE", "/api/v1/session", bobs, null);
        assertEquals(404, server.get(address, null).status());
    }

    private static Server.Answer upload(String name, String type, byte[] bytes) {
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type
                + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.send(HttpRequest.newBuilder(URI.create(server.app.url + "/api/v1/attachments"))
                .header("Authorization", "Bearer " + token).header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build());
    }

    @Test
    @Tag("M33")
    void anUploadIsKeptAsWhatItsContentAndNameSay() {
        var pdf = upload("contract.pdf", "application/octet-stream", "%PDF-1.7".getBytes(StandardCharsets.UTF_8));
        assertEquals("application/pdf", pdf.json().path("type").asText());
        var table = upload("prices.csv", "application/octet-stream", "a,b".getBytes(StandardCharsets.UTF_8));
        assertEquals("text/csv", table.json().path("type").asText());
    }

    @Test
    @Tag("T11")
    void aFileIsWhatItsBytesSayAndNeverAPageOfOurs() {
        for (var hostile : new String[] {"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "<html><script>alert(1)</script></html>", "%PDF-1.4 (js)", "<?xml version='1.0'?><x/>"}) {
            var stored = upload("picture.png", "text/html", hostile.getBytes(StandardCharsets.UTF_8));
            assertEquals(201, stored.status(), stored.text());
            var served = server.get(stored.json().path("url").asText(), null);
            assertEquals(200, served.status());
            assertEquals("application/octet-stream", served.headers().firstValue("Content-Type").orElse(""));
            assertTrue(served.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment;"));
            assertEquals("sandbox; default-src 'none'", served.headers().firstValue("Content-Security-Policy")
                    .orElse(""));
        }
        var png = Base64.getDecoder()
                .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA"
                + "DUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var stored = upload("dot.png", "image/png", png);
        var served = server.get(stored.json().path("url").asText(), null);
        assertEquals("image/png", served.headers().firstValue("Content-Type").orElse(""));
        assertEquals(404, server.get(server.app.links.file(UUID.fromString(stored.json().path("id").asText()), out),
                null).status(),
                "an upload is its uploader's until it is sent");
    }

    @Test
    void anUploadFromNobodyIsRefusedBeforeItIsRead() {
        var request = HttpRequest.newBuilder(URI.create(server.app.url + "/api/v1/attachments"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100])).build();
        assertEquals(401, server.send(request).status());
    }

    @Test
    @Tag("T12")
    void noNameBreaksOutOfTheHeader() {
        for (var name : new String[] {"a\r\nSet-Cookie: x=1", "a\"; filename=\"b.exe", "../../etc/passwd",
                "\u202Egnp.exe", "a\0b", "", "报告.pdf"}) {
            var header = Download.disposition("attachment", name);
            assertTrue(header.matches("attachment; filename=\"[A-Za-z0-9._ -]+\"; "
                    + "filename\\*=UTF-8''[A-Za-z0-9._%-]+"), header);
        }
        assertTrue(Download.disposition("attachment", "报告.pdf").endsWith("''%E6%8A%A5%E5%91%8A.pdf"));
    }

    private static UUID picture(UUID message, String contentId, String name) {
        var id = switchboard.ticketing.base.Ids.next();
        server.app.database.sql().execute("""
                insert into attachment (id, message_id, position, name, type, size_bytes, content_id, inline, sha256)
                values ($1, $2, 0, $3, 'image/png', 1, $4, true, 'none')""", id, message, name, contentId);
        return id;
    }

    @Test
    @Tag("M05")
    void aPictureThatCameAlongStandsWhereTheCustomerPutIt() {
        for (var src : new String[] {"cid:shot1@x", "CID:shot1@x", "cid:shot1%40x", "cid:SHOT1@X"}) {
            var message = server.message(server.ticket(null, ada), "<p>see</p><img src=\"" + src + "\">");
            var id = picture(message, "shot1@x", "shot.png");
            var text = server.get(server.app.links.mail(message, ada), null).text();
            assertTrue(text.contains("<img src=\"" + server.app.links.file(id, ada) + "\""), src + ": " + text);
        }
        var named = server.message(server.ticket(null, ada), "<img src=\"cid:photo.png\">");
        var id = picture(named, null, "photo.png");
        assertTrue(server.get(server.app.links.mail(named, ada), null).text().contains(server.app.links.file(id, ada)));
    }

    @Test
    @Tag("S13")
    void aLargeMailIsSanitisedOnceForEachVersionAndNeverOutlivesItsSource() {
        var message = server.message(server.ticket(null, ada), "<img src=\"cid:a\">"
                + "<div style=\"color:red\"><p onclick=x()>Long words</p></div>".repeat(60_000));
        var id = picture(message, "a", "a.png");
        var address = server.app.links.mail(message, ada);
        var first = server.get(address, null);
        assertTrue(first.text().contains(server.app.links.file(id, ada)) && !first.text().contains("onclick"));
        long began = System.nanoTime();
        assertEquals(first.text(), server.get(address, null).text());
        assertTrue(System.nanoTime() - began < 1_500_000_000L, "read, not made again");
        var sql = server.app.database.sql();
        sql.execute("update message_html set html = 'old', version = 0 where message_id = $1", message);
        assertEquals(first.text(), server.get(address, null).text(), "another version's is not shown");
        sql.execute("update message set html = $2 where id = $1", message, "<p>erased</p>");
        assertFalse(server.get(address, null).text().contains("Long words"));
        assertEquals(0, sql.query("select 1 from message_html where message_id = $1", message).size());
    }
}
