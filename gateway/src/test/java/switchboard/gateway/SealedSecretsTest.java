package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.chat.WidgetSettings;
import switchboard.gateway.admin.Mailboxes;
import switchboard.ticketing.base.Signer;

/// A secret that doesn't match the stored passwords, and resealing them with it.
@Tag("S17")
class SealedSecretsTest {
    private static final Signer OLD = new Signer("a-secret-of-the-tests-only");
    private static final Signer NEW = new Signer("another-secret-of-the-tests");

    private static String password(Server server, UUID mailbox) {
        return server.app.database.sql().value(String.class, "select smtp ->> 'password' from mailbox where id = $1",
                mailbox).orElse("");
    }

    private static UUID mailbox(Server server) {
        var id = UUID.randomUUID();
        server.app.database.sql().execute("insert into mailbox (id, name, address, smtp) values ($1, 'M', "
                + "'m@demo.test', jsonb_build_object('host', 'mail.example', 'password', $2::text))", id,
                OLD.seal(Mailboxes.sealContext(id, "smtp"), "of the mailbox"));
        server.app.database.sql().execute("update setting set value = value || jsonb_build_object('identitySecret', "
                + "$1::text) where name = 'widget'", OLD.seal(WidgetSettings.SEAL_CONTEXT, "of the widget"));
        return id;
    }

    @Test
    void aWrongSecretIsOneClearLineAndResealedPasswordsOpenWithTheNewOne() {
        try (var server = new Server()) {
            var database = server.app.database;
            SealedSecrets.require(database, OLD);
            var wrong = assertThrows(Settings.Wrong.class, () -> SealedSecrets.require(database, NEW));
            assertTrue(wrong.getMessage().contains("SWITCHBOARD_SECRET") && wrong.getMessage().contains("reseal")
                    && wrong.getMessage().lines().count() == 1, wrong.getMessage());
            var id = mailbox(server);
            assertThrows(Settings.Wrong.class, () -> SealedSecrets.reseal(database, Optional.of(NEW), NEW));
            assertEquals("of the mailbox", OLD.open(Mailboxes.sealContext(id, "smtp"), password(server, id)));
            assertEquals(java.util.List.of(2, 0), SealedSecrets.reseal(database, Optional.of(OLD), NEW));
            assertEquals("of the mailbox", NEW.open(Mailboxes.sealContext(id, "smtp"), password(server, id)));
            SealedSecrets.require(database, NEW);
            assertThrows(Settings.Wrong.class, () -> SealedSecrets.require(database, OLD));
        }
    }

    @Test
    void aHomeFromBeforeIsKnownByItsPasswordsAndALostSecretsPasswordsAreForgotten() {
        try (var server = new Server()) {
            var database = server.app.database;
            var id = mailbox(server);
            database.sql().execute("delete from setting where name = 'secret'");
            assertThrows(Settings.Wrong.class, () -> SealedSecrets.require(database, NEW));
            SealedSecrets.require(database, OLD);
            assertEquals(java.util.List.of(0, 2), SealedSecrets.reseal(database, Optional.empty(), NEW));
            assertEquals("", password(server, id));
            SealedSecrets.require(database, NEW);
        }
    }

    @Test
    @Tag("S17")
    void theProgramDoesNotStartWithAWrongSecret() {
        try (var server = new Server()) {
            var environment = Map.of("SWITCHBOARD_HTTP_PORT", "0", "SWITCHBOARD_SECRET", "another-secret-of-the-tests",
                    "SWITCHBOARD_DATABASE_URL", server.app.databaseUri, "SWITCHBOARD_HOME",
                    server.app.settings.home().toString());
            assertThrows(Settings.Wrong.class, () -> App.start(Settings.of(environment, Map.of(), false)).close());
        }
    }
}
