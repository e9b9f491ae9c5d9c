package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Caller.Role;

/// Mail that no program should have written: each becomes a message or an item in quarantine that a person can read,
/// and the mail after it is on its ticket as if nothing had been.
@Tag("T24")
class BadMailTest {
    private static final String SUPPORT = "support@demo.test";
    private static final String HEAD = "From: Carl <carl@customers.example>\r\nTo: " + SUPPORT + "\r\nSubject: ";
    private static Server server;
    private static String admin;

    @BeforeAll
    static void start() {
        server = new Server(Map.of("SWITCHBOARD_SMTP_PORT", "0"));
        admin = server.token(server.agent("root", Role.ADMIN));
        assertEquals(201, server.call("POST", "/api/v1/mailboxes", admin,
                "{\"name\":\"Support\",\"address\":\"" + SUPPORT + "\"}").status());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] raw(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part instanceof byte[] bytes ? bytes : String.valueOf(part)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return all.toByteArray();
    }

    private static Map<String, byte[]> awful() {
        byte[] broken = {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, 0x28, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 0};
        var mails = new LinkedHashMap<String, byte[]>();
        mails.put("no header at all", raw("\r\n\r\nhello"));
        mails.put("nothing", raw("x"));
        mails.put("not a mail", raw(broken, broken, broken));
        mails.put("NUL in the headers", raw(HEAD, "a\0b\r\nX-\0: \0\r\nMessage-ID: <nul\0@x.test>\r\n"
                + "In-Reply-To: <\0>\r\n\r\nhello"));
        mails.put("NUL in names and addresses", raw("From: \"Ca\0rl\" <ca\0rl@customers.example>\r\nTo: a\0@b\0.test, "
                + SUPPORT + "\r\nCc: \0\r\nSubject: x\r\n\r\nhello"));
        mails.put("NUL in the text", raw(HEAD, "nul\r\n\r\na\0b\0\0c and a literal \\u0000"));
        mails.put("NUL in the names of files", raw(HEAD, "files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/x\0y; name=\"a\0.txt\"\r\nContent-ID: <\0>\r\n"
                + "Content-Disposition: attachment; filename=\"../\0x.exe\"\r\n\r\n\0\0\r\n--b--"));
        mails.put("NUL by encoded words", raw(HEAD, "=?utf-8?Q?a=00b?= =?utf-16?B?AAA=?= =?no-such?Q?x?=\r\n"
                + "Content-Type: text/html; charset=\"\0\"\r\n\r\n<p>\0</p>"));
        mails.put("invalid UTF-8", raw(HEAD, broken, "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n", broken));
        mails.put("invalid UTF-8 in HTML", raw(HEAD, "x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>", broken));
        mails.put("a lone surrogate in UTF-16", raw(HEAD, "u\r\nContent-Type: text/plain; charset=utf-16be\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n2AAAYQAA"));
        mails.put("broken base64", raw(HEAD, "b\r\nContent-Transfer-Encoding: base64\r\n\r\n=== not ! base64 =a"));
        mails.put("a multipart without an end", raw(HEAD, "m\r\nContent-Type: multipart/mixed; boundary=\"\"\r\n"
                + "\r\n--"));
        mails.put("ten thousand parts", raw(HEAD, "p\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\nx\r\n".repeat(10_000) + "--b--"));
        mails.put("a thousand levels", raw(HEAD, "n\r\n" + levels(1000)));
        mails.put("two senders", raw("From: a@x.test\r\nFrom: b@x.test\r\nSubject: two\r\n\r\nhello"));
        mails.put("SQL and script", raw("From: \"'; drop table ticket; --\" <o'x@customers.example>\r\nSubject: "
                + "<script>alert(1)</script>'; delete from message; --\r\nMessage-ID: <' or 1=1 --@x>\r\n"
                + "References: <%_\\>\r\n\r\n$1 ${7*7} {{7*7}}"));
        mails.put("a date of the year 99999", raw(HEAD, "d\r\nDate: Sat, 21 Nov 99999 10:00:00 +9999\r\n\r\nx"));
        mails.put("a message id of 200 kB", raw(HEAD, "i\r\nMessage-ID: <" + "i".repeat(200_000) + "@x>\r\n\r\nx"));
        return mails;
    }

    private static String levels(int depth) {
        var text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b").append(i)
                    .append("\r\n");
        }
        return text + "\r\nhello";
    }

    private static void settled() throws InterruptedException {
        for (int i = 0; i < 1200 && server.app.database.sql().exists("select 1 from inbox where state = 'new'"); i++) {
            Thread.sleep(50);
        }
        assertEquals(List.of(), server.app.database.sql().column(String.class,
                "select coalesce(error, 'untried') from inbox where state = 'new'"));
    }

    private static void nextMailIsOnItsTicket(String after) throws InterruptedException {
        var text = "good " + UUID.randomUUID();
        assertTrue(SmtpClient.send(server.smtpPort(), SUPPORT, raw(HEAD, "Good\r\n\r\n" + text)).startsWith("250"));
        settled();
        assertEquals(1L, server.app.database.sql().value(Long.class,
                "select count(*) from message m join ticket t on t.id = m.ticket_id where m.text like $1 || '%'", text)
                .orElseThrow(), "the mail after: " + after);
    }

    @Test
    void everyMailBecomesAMessageOrAReadableItemAndTheNextIsHandled() throws InterruptedException {
        var lost = new ArrayList<String>();
        for (var mail : awful().entrySet()) {
            long before = rows();
            var said = SmtpClient.send(server.smtpPort(), SUPPORT, mail.getValue());
            if (!said.startsWith("250")) {
                if (!said.matches("5\\d\\d .{10,}")) lost.add(mail.getKey() + ": " + said);
                continue;
            }
            nextMailIsOnItsTicket(mail.getKey());
            if (rows() != before + 2) lost.add(mail.getKey() + " is nowhere");
        }
        assertEquals(List.of(), lost);
        assertEquals(0L, server.app.database.sql().value(Long.class,
                "select count(*) from inbox where state = 'done' and id not in (select inbox_id from message "
                + "where inbox_id is not null)").orElseThrow(), "done means: there is a message");
        quarantineIsReadable();
        wholeListIsReadable();
    }

    private static long rows() {
        return server.app.database.sql().value(Long.class, "select count(*) from inbox").orElseThrow();
    }

    private static void quarantineIsReadable() {
        var items = server.get("/api/v1/inbox?state=quarantined", admin).json().path("items");
        assertTrue(items.size() >= 3, items.toString());
        for (JsonNode item : items) {
            assertEquals("email", item.path("channel").asText());
            assertTrue(item.path("error").asText().matches("The mail cannot be taken at its word: [a-z ]{5,}"),
                    item.toString());
            assertTrue(item.path("summary").isTextual());
            assertEquals(200, server.get("/api/v1/inbox/" + item.path("id").asText() + "/raw", admin).status());
        }
        assertTrue(server.app.database.sql().exists("select 1 from message where 'over-limit' = any(flags)"),
                "a mail over a limit is a ticket, and says so");
    }

    /// What was made of it can be shown: the list, each ticket, each timeline.
    private static void wholeListIsReadable() {
        var list = server.get("/api/v1/tickets?view=all&limit=200", admin);
        assertEquals(200, list.status(), list.text());
        for (JsonNode ticket : list.json().path("items")) {
            var shown = server.get("/api/v1/tickets/" + ticket.path("id").asText() + "/timeline", admin);
            assertEquals(200, shown.status(), shown.text());
        }
    }

    @Test
    void aMailLargerThanWeTakeIsRefusedInWordsAndNothingOfItIsKept() throws InterruptedException {
        long before = rows();
        var said = SmtpClient.send(server.smtpPort(), SUPPORT, raw(HEAD, "large\r\n\r\n",
                ("x".repeat(998) + "\r\n").repeat(51_000)));
        assertTrue(said.startsWith("552 "), said);
        assertEquals(before, rows());
        nextMailIsOnItsTicket("too large");
    }
}
