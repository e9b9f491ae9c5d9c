package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Map<String, String> GOOD = Map.of("SWITCHBOARD_SECRET", "a-secret-of-the-tests-only");

    private static Settings with(String name, String value) {
        var environment = new HashMap<>(GOOD);
        environment.put(name, value);
        return Settings.of(environment, Map.of(), false);
    }

    private static void wrong(String name, String value) {
        var line = assertThrows(Settings.Wrong.class, () -> with(name, value)).getMessage();
        assertTrue(line.contains(name), line);
        assertFalse(line.contains("\n"), line);
    }

    @Test
    void theEnvironmentGoesOverTheFile() {
        var settings = Settings.of(Map.of("SWITCHBOARD_HTTP_PORT", "1"),
                Map.of("SWITCHBOARD_HTTP_PORT", "2", "SWITCHBOARD_SECRET", "a-secret-of-the-tests-only",
                "SWITCHBOARD_SMTP_PORT", "25"), false);
        assertEquals(1, settings.httpPort());
        assertEquals(Optional.of(25), settings.smtpPort());
        assertEquals(Optional.empty(), with("SWITCHBOARD_HTTP_PORT", "1").smtpPort());
        assertEquals(Optional.empty(), settings.lmtpPort());
        assertEquals(Optional.of(24), with("SWITCHBOARD_LMTP_PORT", "24").lmtpPort());
    }

    @Test
    void whatIsWrongIsOneLineThatNamesTheSetting() {
        wrong("SWITCHBOARD_HTTP_PORT", "eighty");
        wrong("SWITCHBOARD_HTTP_PORT", "65536");
        wrong("SWITCHBOARD_PUBLIC_URL", "ftp://x");
        wrong("SWITCHBOARD_PUBLIC_URL", "https://x/path");
        wrong("SWITCHBOARD_DATABASE_URL", "mysql://x/y");
        wrong("SWITCHBOARD_REDIS_URL", "127.0.0.1:6379");
        wrong("SWITCHBOARD_REDIS_URL", "redis://127.0.0.1");
        wrong("SWITCHBOARD_SECRET", "short");
        wrong("SWITCHBOARD_SECRET", "");
        wrong("SWITCHBOARD_TWILIO_AUTH_TOKEN", Settings.DEMO_TWILIO_TOKEN);
    }

    @Test
    void aRedisOfOnesOwnRunsOnlyWhenAskedFor() {
        assertTrue(Settings.of(Map.of(), Map.of(), true).redisHome().isEmpty());
        assertTrue(Settings.of(GOOD, Map.of(), false).redisHome().isEmpty());
        assertTrue(with("SWITCHBOARD_REDIS_URL", "embedded").redisHome().isPresent());
        var elsewhere = with("SWITCHBOARD_REDIS_URL", "redis://:secret@127.0.0.1:6379");
        assertTrue(elsewhere.redisHome().isEmpty());
        assertEquals(6379, elsewhere.redisElsewhere().orElseThrow().getPort());
    }

    @Test
    void theDemosSecretIsForTheDemoAlone() {
        wrong("SWITCHBOARD_SECRET", Settings.DEMO_SECRET);
        assertEquals(Settings.DEMO_SECRET, Settings.of(Map.of(), Map.of(), true).secret());
    }

    @Test
    void aCarrierWithoutATokenCouldBeAnyone() {
        assertThrows(Settings.Wrong.class, () -> with("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC1"));
    }
}
