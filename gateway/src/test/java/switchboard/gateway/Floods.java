package switchboard.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.gateway.area.Area;
import switchboard.gateway.journey.ChatSocket;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// How each door is flooded by one sender, and how another comes to it meanwhile. A door of a channel without an entry
/// in `all` is a failure; a mailbox that we read is one more, which has no name of its own in the inbox.
final class Floods implements AutoCloseable {
    static final String IMAP = "imap";
    static final String ACCOUNT = "AC00000000000000000000000000000009";
    static final String TOKEN = "of-the-tests-only";
    static final String NUMBER = "+15005550006";
    private static final String SENT_SID = "SM00000000000000000000000000000001";

    /// More than one batch.
    private static final int SOME = 120;

    /// The same event comes in by the same number again.
    interface Door {
        /// @return what the door says to it
        String send(int number);
    }

    /// @param lane in which what the flooding sender sends waits
    /// @param many as much as is taken of one sender at this door, in one go
    /// @param taken what the door says to what it has stored
    /// @param refused what it says to one more of the same sender; null: there is no such limit
    /// @param busy what it says while too much waits for the database; null: it does not answer, and takes it later
    record Flood(String lane, int many, Door door, String taken, String refused, String busy, Door other) {}

    final Server server = new Server(Map.of("SWITCHBOARD_SMTP_PORT", "0", "SWITCHBOARD_TWILIO_ACCOUNT_SID", ACCOUNT,
            "SWITCHBOARD_TWILIO_AUTH_TOKEN", TOKEN, "SWITCHBOARD_TWILIO_BASE_URL", "http://127.0.0.1:1",
            "SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"));
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final GreenMailUser mailbox;
    final String admin = server.token(server.agent("root", Role.ADMIN));
    final String widget;
    private final Map<String, ChatSocket> windows = new TreeMap<>();
    private final Map<String, String> tokens = new TreeMap<>();
    final String visitor;

    Floods() {
        mail.start();
        mailbox = mail.setUser("read@demo.test", "read", "password");
        made("/mailboxes", Map.of("name", "Support", "address", "support@demo.test"));
        made("/mailboxes", Map.of("name", "Other", "address", "other@demo.test"));
        made("/numbers", Map.of("number", NUMBER, "name", "Main"));
        var ticket = server.ticket(null, null);
        server.app.database.sql().execute("update message set provider_id = $2, channel = 'sms', status = 'sending', "
                + "status_rank = 2, direction = 'outbound' where id = $1", server.message(ticket, null), SENT_SID);
        server.app.database.sql().execute("delete from inbox where door = 'nobody'");
        widget = server.get("/api/v1/widget", admin).json().path("key").asText();
        visitor = window("flood").path("visitor").asText();
        window("other");
    }

    /// Begins to read the mailbox, with all that lies in it.
    void read() {
        made("/mailboxes", Map.of("name", "Read", "address", "read@demo.test", "importExisting", true, "imap",
                Map.of("host", "127.0.0.1", "port", mail.getImap().getPort(), "tls", false, "user", "read",
                        "password", "password")));
    }

    private void made(String path, Map<String, ?> body) {
        var answer = server.call("POST", Area.API + path, admin, Json.write(body));
        if (answer.status() != 201) throw new AssertionError(path + " " + answer.text());
    }

    Map<String, Flood> all() {
        var all = new TreeMap<String, Flood>();
        all.put("smtp", new Flood("mailbox:support@demo.test", SOME, i -> mail("support", i), "250", null, "451",
                i -> mail("other", i)));
        all.put(IMAP, new Flood("mailbox:read@demo.test", 1_200, this::intoMailbox, "250", null, null,
                i -> mail("other", i)));
        all.put("sms", new Flood("sms:+15551230042:" + NUMBER, SOME, i -> text("+15551230042", i), "200", null,
                "503 after 2", i -> text("+15551230043", i)));
        all.put("sms-status", new Flood("sms-status:" + SENT_SID, SOME, this::report, "200", null, "503 after 2",
                i -> text("+15551230043", i)));
        all.put("voice", new Flood("call:", SOME, i -> call("+15551230042", i), "200", null, "200 again",
                i -> call("+15551230043", i)));
        all.put("form", new Flood("form:flood@customers.example", 10, i -> form("203.0.113.1", "flood", i), "303",
                "429 after 600", "503 after 2", i -> form("203.0.113." + (i + 2), "other", i)));
        all.put("chat", new Flood("chat:" + visitor, 60, i -> say("flood", i), "ack", "too-many", "internal 1011",
                i -> say("other", i)));
        return all;
    }

    private static UUID id(String who, int number) {
        return UUID.nameUUIDFromBytes((who + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] letter(String who, int number) {
        return ("From: " + who + "@customers.example\r\nSubject: Flood\r\nMessage-ID: <" + who + number
                + "@customers.example>\r\n\r\nFlood").getBytes(StandardCharsets.US_ASCII);
    }

    String mail(String to, int number) {
        return SmtpClient.send(server.smtpPort(), to + "@demo.test", letter(to, number)).substring(0, 3);
    }

    private String intoMailbox(int number) {
        try {
            mailbox.deliver(new MimeMessage(Session.getInstance(new Properties()),
                    new ByteArrayInputStream(letter("read", number))));
            return "250";
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    String text(String from, int number) {
        return hook("/webhooks/twilio/sms", FormBody.of("AccountSid", ACCOUNT, "From", from, "To", NUMBER,
                "MessageSid", "SM" + id(from, number).toString().replace("-", ""), "Body", "Flood", "NumMedia", "0"));
    }

    private String report(int number) {
        return hook("/webhooks/twilio/status?of=text", FormBody.of("AccountSid", ACCOUNT, "MessageSid", SENT_SID,
                "MessageStatus", "sent", "ErrorCode", String.valueOf(number)));
    }

    String call(String from, int number) {
        return hook("/webhooks/twilio/voice", FormBody.of("AccountSid", ACCOUNT, "From", from, "To", NUMBER, "CallSid",
                "CA" + id(from, number).toString().replace("-", ""), "CallStatus", "ringing"));
    }

    private String hook(String target, FormBody form) {
        var answer = post(target, form, null, Signature.sign(TOKEN, server.app.url + target, form));
        return said(answer) + (answer.text().contains("again=") ? " again" : "");
    }

    private String form(String client, String who, int number) {
        return said(post("/help/en/contact", FormBody.of("name", who, "email", who + "@customers.example", "subject",
                "Flood", "text", "Flood", "clientKey", id(who, number).toString()), client, null));
    }

    Server.Answer post(String target, FormBody form, String client, String signature) {
        var request = HttpRequest.newBuilder(URI.create(server.app.url + target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        if (client != null) request.header("X-Forwarded-For", client);
        if (signature != null) request.header(Signature.HEADER, signature);
        return server.send(request.build());
    }

    static String said(Server.Answer answer) {
        return answer.status() + answer.headers().firstValue("Retry-After").map(after -> " after " + after).orElse("");
    }

    /// Opens another window of the same visitor after one that was closed.
    private JsonNode window(String who) {
        var socket = new ChatSocket(server.app.url);
        windows.put(who, socket);
        var token = tokens.get(who);
        if (token != null) {
            socket.say("hello", Map.of("key", widget, "language", "en", "token", token));
            return socket.next("welcome");
        }
        var welcome = socket.hello(widget);
        tokens.put(who, welcome.path("token").asText());
        return welcome;
    }

    private String say(String who, int number) {
        if (windows.get(who).closed() != 0) window(who);
        var socket = windows.get(who);
        socket.say("message", Map.of("id", id(who, number), "text", "Flood"));
        var frame = socket.next(List.of("ack", "error"));
        if (frame.path("type").asText().equals("ack")) return "ack";
        if (!frame.path("code").asText().equals("too-many")) {
            switchboard.ticketing.Desk.until(() -> socket.closed() != 0);
        }
        return frame.path("code").asText() + (socket.closed() == 0 ? "" : " " + socket.closed());
    }

    @Override
    public void close() {
        windows.values().forEach(ChatSocket::close);
        server.close();
        mail.stop();
    }
}
