package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The libraries that the program is started with: the parts of a family fit each other, and none is a version with
/// holes that are known.
@Tag("S19")
class LibrariesTest {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
    /// Ends before the rest of its family, and the program does not have it.
    private static final String TESTS_ONLY = "vertx-unit";

    /// @param beginning of the names of its parts
    /// @param floor the oldest version that may be used
    private record Family(String beginning, String floor) {}

    private static final List<Family> FAMILIES = List.of(new Family("vertx-", "5.0.12"),
            new Family("netty-", "4.2.13"), new Family("jackson-", "2.18.6"), new Family("lucene-", "10.5.0"),
            new Family("logback-", "1.5.25"), new Family("slf4j-", "2.0.17"), new Family("log4j-", "2.25.3"),
            new Family("httpclient5", "5.5.1"), new Family("httpcore5", "5.3.5"), new Family("flyway-", "13.12.0"),
            new Family("postgresql", "42.7.7"), new Family("bcp", "1.84"), new Family("micrometer-", "1.17.0"),
            new Family("prometheus-metrics-", "1.7.0"), new Family("commons-compress", "1.26.0"),
            new Family("commons-lang3", "3.18.0"), new Family("commons-io", "2.14.0"), new Family("poi", "5.4.0"),
            new Family("tika-", "3.2.2"), new Family("apache-mime4j-", "0.8.13"), new Family("dnsjava", "3.6.0"),
            new Family("jsoup", "1.21.1"), new Family("angus-mail", "2.0.4"), new Family("commonmark", "0.24.0"),
            new Family("jte-", "3.1.16"));

    private record Library(String name, String version) {}

    private static List<Library> libraries() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString())).filter(one -> one.matches())
                .map(one -> new Library(one.group(1), one.group(2)))
                .filter(one -> !one.name().equals(TESTS_ONLY)).toList();
    }

    private static List<Library> of(Family family) {
        return libraries().stream().filter(one -> one.name().startsWith(family.beginning())).toList();
    }

    /// The numbers alone, as many as `other` has.
    private static List<Integer> numbers(String version) {
        return Stream.of(version.replaceAll("[^0-9.].*", "").split("\\.")).filter(one -> !one.isEmpty())
                .map(Integer::valueOf).toList();
    }

    private static boolean older(String version, String floor) {
        var here = new ArrayList<>(numbers(version));
        var least = numbers(floor);
        while (here.size() < least.size()) here.add(0);
        return Arrays.compare(here.stream().mapToInt(one -> one).toArray(),
                least.stream().mapToInt(one -> one).toArray()) < 0;
    }

    /// Jackson's annotations have no third number.
    private static boolean same(String one, String other) {
        int count = Math.min(numbers(one).size(), numbers(other).size());
        return numbers(one).subList(0, count).equals(numbers(other).subList(0, count));
    }

    @Test
    void theClassPathIsRead() {
        for (var family : FAMILIES) assertTrue(!of(family).isEmpty(), "there is no " + family.beginning());
    }

    @Test
    void thePartsOfAFamilyHaveOneVersion() {
        for (var family : FAMILIES) {
            var parts = of(family);
            var first = parts.getFirst();
            var others = parts.stream().filter(one -> !same(one.version(), first.version())).toList();
            assertEquals(List.of(), others, "beside " + first);
        }
    }

    @Test
    void noLibraryIsOnTheClassPathTwice() {
        var versions = libraries().stream().collect(Collectors.groupingBy(Library::name,
                Collectors.mapping(Library::version, Collectors.toCollection(TreeSet::new))));
        versions.get("ticketing").removeIf(one -> one.endsWith("-tests"));
        versions.values().removeIf(one -> one.size() == 1);
        assertEquals(Map.of(), versions);
    }

    @Test
    void nothingIsOlderThanItsFixes() {
        var old = FAMILIES.stream().flatMap(family -> of(family).stream()
                .filter(one -> older(one.version(), family.floor()))).toList();
        assertEquals(List.of(), old);
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertTrue(older("1.5.18", "1.5.25") && older("4.2.9.Final", "4.2.13") && older("3.6-rc1", "3.7"));
        assertTrue(!older("1.5.25", "1.5.25") && !older("1.10", "1.9") && !older("2.23.0", "2.18.6"));
        assertTrue(same("2.23", "2.23.0") && !same("2.22", "2.23.0"));
    }

    /// The demo needs no server of another age beside it: Redis runs in this process unless someone asks for more.
    @Test
    void theDemoRunsNoOldRedisUnasked() {
        assertEquals(Optional.empty(), Settings.of(Map.of(), Map.of(), true).redisHome());
        assertTrue(Settings.of(Map.of("SWITCHBOARD_REDIS_URL", "embedded"), Map.of(), true).redisHome().isPresent());
    }
}
