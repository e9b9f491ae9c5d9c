package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real script in a checkout of its own, whose Maven and whose JDK only write down how they were called.
class LauncherTest {
    private static final Map<String, String> PRODUCTION = Map.of(
            "SWITCHBOARD_DATABASE_URL", "postgresql://u:p@db.example/live",
            "SWITCHBOARD_REDIS_URL", "redis://redis.example:6379", "SWITCHBOARD_SECRET", "the-secret-of-the-company",
            "SWITCHBOARD_SMTP_PORT", "25", "SWITCHBOARD_HTTP_PORT", "80",
            "SWITCHBOARD_PUBLIC_URL", "https://desk.example", "SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC1",
            "SWITCHBOARD_TWILIO_AUTH_TOKEN", "token");

    private Path checkout;
    private Path jdk;

    @BeforeEach
    void aCheckout(@TempDir Path folder) throws IOException {
        checkout = folder.toRealPath();
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("agent-console"))) root = root.getParent();
        Files.copy(root.resolve("switchboard"), checkout.resolve("switchboard"));
        Files.writeString(checkout.resolve("pom.xml"), "<jvm.flags>-Dflag=1</jvm.flags>");
        Files.writeString(checkout.resolve("switchboard.properties"), "switchboard.database.url=postgresql://x@y/live");
        for (var part : List.of("ticketing", "channels", "knowledge-base", "agent-console", "gateway/target", "bin")) {
            Files.createDirectories(checkout.resolve(part));
        }
        script(checkout.resolve("bin/mvn"), "echo /dev/null >'" + checkout + "/gateway/target/classpath.txt'");
        jdk = checkout.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(jdk.resolve("bin/javac"), ":");
        script(jdk.resolve("bin/java"), """
                case $* in
                *AOTCacheOutput=*)
                    env >'%1$s/training.env'; pwd >'%1$s/training.folder'; ls -A >'%1$s/training.files'
                    mkdir -p "$SWITCHBOARD_HOME/postgres/18-abc/bin"
                    for word; do case $word in -XX:AOTCacheOutput=*) : >"${word#*=}" ;; esac; done
                    trap 'exit 0' TERM
                    echo "ready: http://127.0.0.1:1/"
                    while :; do sleep 0.1; done ;;
                -version) ;;
                *) env >'%1$s/start.env'; echo "$*" >'%1$s/start.words' ;;
                esac
                """.formatted(checkout));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String launch(int exit, Map<String, String> environment, String... words) throws Exception {
        var line = new ArrayList<>(List.of("/bin/sh", checkout.resolve("switchboard").toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).directory(checkout.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(exit, process.exitValue(), said);
        return said;
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(checkout.resolve(file));
    }

    @Test
    void theTrainingRunKnowsNothingOfWhatTheProgramIsSetUpWith() throws Exception {
        launch(0, PRODUCTION, "serve");
        var own = lines("training.env").stream().filter(line -> line.startsWith("SWITCHBOARD_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(List.of("SWITCHBOARD_HOME=" + checkout + "/target/quick/run/home",
                "SWITCHBOARD_HTTP_PORT=0", "SWITCHBOARD_SMTP_PORT=0", "SWITCHBOARD_DEMO_CARRIER_PORT=0")), own);
        assertEquals(List.of(), lines("training.files"), "its folder holds no settings");
        assertFalse(lines("training.folder").getFirst().equals(checkout.toString()));
        assertFalse(Files.exists(checkout.resolve("target/quick/run")), "nothing of its home is left");

        var started = lines("start.env");
        PRODUCTION.forEach((name, value) -> assertTrue(started.contains(name + "=" + value), name));
    }

    @Test
    void theFirstStartHasWhatTheBuildPrepared() throws Exception {
        launch(0, PRODUCTION, "serve");
        var words = lines("start.words").getFirst();
        var cache = words.replaceFirst(".*-XX:AOTCache=(\\S+).*", "$1");
        assertTrue(Files.exists(Path.of(cache)), words);
        assertTrue(words.contains("-Dswitchboard.programs=" + checkout + "/target/quick"), words);
        assertTrue(Files.isDirectory(checkout.resolve("target/quick/18-abc/bin")));
        assertTrue(words.endsWith("switchboard.gateway.Switchboard serve"), words);
        assertTrue(words.contains("-Dswitchboard.home.default=" + checkout + "/.switchboard"), words);
        assertTrue(lines("start.env").stream().noneMatch(line -> line.startsWith("SWITCHBOARD_HOME=")),
                "the home in switchboard.properties takes effect");
        Files.delete(checkout.resolve("training.env"));
        launch(0, PRODUCTION, "serve");
        assertFalse(Files.exists(checkout.resolve("training.env")), "one build, one training");
    }

    @Test
    void aBuildThatWasCutOffLeavesNothingThatTheNextCouldTakeForWhole() throws Exception {
        assertEquals("", leftTo("kill -9 $$"));
    }

    @Test
    void aBuildThatFailedLeavesWhatItMade() throws Exception {
        assertEquals("Half.class half.jar", leftTo("exit 1"));
    }

    /// @return what the second build finds of the first one, which ended so
    private String leftTo(String end) throws Exception {
        script(checkout.resolve("bin/mvn"), """
                cd '%s'; mkdir -p ticketing/target/classes; : >ticketing/target/classes/Half.class
                : >gateway/target/half.jar; %s
                """.formatted(checkout, end));
        launch(2, Map.of("SWITCHBOARD_AOT", "off"), "help");
        script(checkout.resolve("bin/mvn"), """
                cd '%s'; echo $(find . -name Half.class -o -name half.jar | sed 's:.*/::' | LC_ALL=C sort) >found
                echo /dev/null >gateway/target/classpath.txt
                """.formatted(checkout));
        launch(0, Map.of("SWITCHBOARD_AOT", "off"), "help");
        return Files.readString(checkout.resolve("found")).strip();
    }

    @Test
    void withoutAJdkThatIsNewEnoughOneLineSaysWhatToInstall() throws Exception {
        Files.writeString(checkout.resolve("switchboard"), Files.readString(checkout.resolve("switchboard"))
                .replace("need=25", "need=99"));
        var said = launch(2, Map.of(), "demo");
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("JDK 99") && said.contains("JAVA_HOME"), said);
    }
}
