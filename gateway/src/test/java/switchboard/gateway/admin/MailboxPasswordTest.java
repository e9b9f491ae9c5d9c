package switchboard.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.area.Area;
import switchboard.ticketing.access.Caller.Role;

@Tag("S6")
class MailboxPasswordTest {
    private static Server server;
    private static String admin;
    private String path;
    private int version;

    @BeforeAll
    static void start() {
        server = new Server();
        admin = server.token(server.agent("mailadmin", Role.ADMIN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer call(String method, String path, String body) {
        return server.call(method, Area.API + path, admin, body);
    }

    private static String host(String host, int port, boolean tls, String user, String password) {
        return "{\"host\":\"" + host + "\",\"port\":" + port + ",\"tls\":" + tls + ",\"user\":\"" + user + "\""
                + (password == null ? "" : ",\"password\":\"" + password + "\"") + "}";
    }

    private void mailbox(String address, String server) {
        var made = call("POST", "/mailboxes", "{\"address\":\"" + address + "\",\"imap\":" + server + ",\"smtp\":"
                + server + "}");
        assertEquals(201, made.status(), made.text());
        path = "/mailboxes/" + made.json().path("id").asText();
        version = made.json().path("version").asInt();
    }

    private int change(String which, String server) {
        var changed = call("PATCH", path, "{\"" + which + "\":" + server + ",\"version\":" + version + "}");
        if (changed.status() == 200) version = changed.json().path("version").asInt();
        return changed.status();
    }

    @Test
    void aStoredPasswordGoesToNoOtherServer() {
        mailbox("kept@demo.test", host("mail.example", 993, true, "kept", "secret"));
        for (var which : new String[] {"imap", "smtp"}) {
            assertEquals(400, change(which, host("thief.example", 993, true, "kept", null)), "host");
            assertEquals(400, change(which, host("mail.example", 1993, true, "kept", null)), "port");
            assertEquals(400, change(which, host("mail.example", 993, false, "kept", null)), "in the clear");
            assertEquals(400, change(which, host("thief.example", 993, true, "", null)), "without a user for now");
            assertEquals(200, change(which, host("MAIL.example", 993, true, "other", null)), "the same server");
            assertEquals(200, change(which, host("new.example", 993, true, "kept", "secret")), "given again");
            assertEquals(200, change(which, host("bare.example", 25, false, "", "")), "given up");
            assertEquals(200, change(which, host("other.example", 25, false, "", null)), "there is none to lose");
        }
    }

    @Test
    void theTestOfAMailboxReachesNothingOfThisMachineAndTellsNothingOfItsPorts() throws Exception {
        String closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            mailbox("probe@demo.test", host("127.0.0.1", socket.getLocalPort(), false, "u", "p"));
            socket.setSoTimeout(1);
            var open = call("POST", path + "/test", "");
            assertEquals(200, open.status(), open.text());
            org.junit.jupiter.api.Assertions.assertThrows(java.net.SocketTimeoutException.class, socket::accept);
            closed = open.text();
        }
        var answer = call("POST", path + "/test", "");
        assertEquals(closed, answer.text());
        assertTrue(answer.text().contains("could not be reached"), answer.text());
    }
}
