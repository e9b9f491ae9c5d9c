package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Actor;

class LettersTest {
    private static List<String> letters(Server server) {
        return server.app.database.sql().query("select payload ->> 'subject' as subject, payload ->> 'text' as text "
                + "from outbox where channel = 'email' order by id").stream()
                .map(row -> row.getString("subject") + "\n" + row.getString("text")).toList();
    }

    @Test
    void anInvitationAndANewPasswordAreWrittenInTheAgentsLanguage() throws InterruptedException {
        try (var server = new Server()) {
            var lin = server.app.database.transaction(tx -> server.app.agents.create(tx, Actor.SYSTEM,
                    new Agents.Invited("lin@demo.test", "林 %s 雪", Role.ADMIN, List.of(), "zh-CN")));
            assertEquals(201, server.call("POST", "/api/v1/invitations", server.token(lin),
                    "{\"email\":\"new@demo.test\",\"name\":\"新人\"}").status());
            var invitation = letters(server).getFirst();
            assertTrue(invitation.startsWith("邀请您加入 Switchboard\n新人，您好："), invitation);
            assertTrue(invitation.contains("林 %s 雪 邀请您") && invitation.contains("/console/invitation?token="),
                    invitation);

            assertEquals(204, server.call("POST", "/api/v1/password/forgot", null, "{\"email\":\"lin@demo.test\"}")
                    .status());
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (letters(server).size() < 2) {
                assertTrue(System.nanoTime() < deadline, "no letter");
                Thread.sleep(50);
            }
            var reset = letters(server).getLast();
            assertTrue(reset.startsWith("重设您的 Switchboard 密码\n"), reset);
            assertTrue(reset.contains("\n" + server.app.url + "/console/reset?token="), reset);
        }
    }
}
