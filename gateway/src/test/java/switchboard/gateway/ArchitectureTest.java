package switchboard.gateway;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import switchboard.channels.planted.Planted;

/// The walls between modules and the order of the packages inside ticketing, as the architecture page states them.
class ArchitectureTest {

    private static final int BASE_FILES_MAX = 9;

    private static final Map<String, Set<String>> TICKETING_FOR = Map.of(
            "channels", Set.of("base", "journal", "outbox", "people", "conversation", "intake", "reply", "call"),
            "knowledgebase", Set.of("base", "access", "journal", "outbox", "people", "conversation", "ticket",
                    "intake", "reply"));

    /// Of these two packages a channel knows no more than the types named here: `Received` carries who wrote and what
    /// proves which thread is meant, a mail has its files in `Blobs`, a picture comes as one of `LateFiles`, a
    /// calendar part tells an `Appointment`, a chat window a `Visit`, and a text asks for consent before it leaves.
    private static final Map<String, Set<String>> TYPES_FOR_CHANNELS = Map.of(
            "people", Set.of("Address", "Sender", "Consents", "Region"),
            "conversation", Set.of("Appointment", "Proof", "Blobs", "LateFiles", "Visit"));

    /// The demo beside its own package: where the ways to customers are opened, and closed.
    private static final Set<String> WIRES_THE_DEMO = Set.of("switchboard.gateway.Ways", "switchboard.gateway.App");

    private static final Map<String, Set<String>> MODULES_FOR = Map.of(
            "ticketing", Set.of("ticketing"),
            "channels", Set.of("channels", "ticketing"),
            "knowledgebase", Set.of("knowledgebase", "ticketing"),
            "gateway", Set.of("gateway", "channels", "knowledgebase", "ticketing"));

    private static final List<String> NOT_IN_TICKETING = List.of("io.vertx.ext.web.", "io.vertx.ext.mail.",
            "io.vertx.core.http.", "java.net.http.", "jakarta.mail.", "redis.", "org.apache.lucene.",
            "ai.onnxruntime.");

    private static final Set<String> CHANNELS = Set.of("email", "sms", "voice", "chat");

    /// A package imports only earlier rows, or its own row; one that stands in no row only must not close a circle.
    private static final List<Set<String>> ORDER = List.of(Set.of("base"), Set.of("access", "journal", "outbox"),
            Set.of("people"), Set.of("conversation"), Set.of("ticket"), Set.of("intake", "reply", "call"),
            Set.of("rule", "routing", "sla", "survey", "report"));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(ArchitectureTest::isProduct).importPackages("switchboard");

    private static boolean isProduct(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    @Test
    void noWallIsBroken() {
        assertTrue(PRODUCT.size() > 10, "the product's classes are on the class path");
        assertEquals(new TreeSet<>(), violations(PRODUCT));
    }

    @Test
    void ticketingHasNoCircle() {
        slices().matching("switchboard.ticketing.(*)..").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void aPlantedViolationIsFound() {
        var found = violations(new ClassFileImporter().importClasses(Planted.class));
        assertTrue(found.stream().anyMatch(line -> line.contains("switchboard.gateway.redis.Ephemeral")), "" + found);
        assertTrue(found.stream().anyMatch(line -> line.contains("switchboard.ticketing.postgres.")), "" + found);
    }

    @Test
    void aWrongOrderInsideTicketingIsFound() {
        assertTrue(wrong("switchboard.ticketing.people.A", "switchboard.ticketing.ticket.B"));
        assertTrue(wrong("switchboard.ticketing.base.A", "io.vertx.ext.web.Router"));
        assertTrue(wrong("switchboard.channels.email.A", "switchboard.channels.sms.B"));
        assertTrue(wrong("switchboard.gateway.Areas", "switchboard.channels.simulator.Carrier"));
        assertTrue(wrong("switchboard.channels.outbox.A", "switchboard.channels.email.B"));
        assertTrue(wrong("switchboard.channels.sms.A", "switchboard.ticketing.people.Customers"));
        assertTrue(wrong("switchboard.channels.sms.A", "switchboard.ticketing.conversation.AttachmentRow"));
        assertTrue(wrong("switchboard.channels.sms.A", "switchboard.ticketing.ticket.Ticket"));
        assertTrue(!wrong("switchboard.channels.sms.A", "switchboard.ticketing.people.Sender$Trust"));
        assertTrue(!wrong("switchboard.gateway.Ways$Parts", "switchboard.channels.simulator.Carrier"));
        assertTrue(!wrong("switchboard.ticketing.ticket.A", "switchboard.ticketing.people.B"));
        assertTrue(!wrong("switchboard.gateway.demo.A", "switchboard.channels.simulator.Carrier"));
        assertTrue(!wrong("switchboard.channels.Channels", "switchboard.channels.email.B"));
    }

    @Test
    void baseStaysSmall() throws Exception {
        var base = TidyTest.root().resolve("ticketing/src/main/java/switchboard/ticketing/base");
        try (Stream<Path> files = Files.list(base)) {
            var names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertTrue(names.size() <= BASE_FILES_MAX, "ticketing.base has become 'common': " + names);
        }
    }

    private static TreeSet<String> violations(JavaClasses classes) {
        var found = new TreeSet<String>();
        for (JavaClass from : classes) {
            for (var dependency : from.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getBaseComponentType().getName();
                if (wrong(from.getName(), to)) {
                    found.add(from.getName() + " must not use " + to);
                }
            }
        }
        return found;
    }

    private static boolean wrong(String from, String to) {
        String module = part(from, 1);
        if (!to.startsWith("switchboard.")) {
            return module.equals("ticketing") && !part(from, 2).equals("postgres")
                    && NOT_IN_TICKETING.stream().anyMatch(to::startsWith);
        }
        String other = part(to, 1);
        if (MODULES_FOR.containsKey(module) && !MODULES_FOR.get(module).contains(other)) {
            return true;
        }
        return switch (other) {
            case "ticketing" -> module.equals("ticketing") ? wrongOrder(part(from, 2), part(to, 2))
                    : TICKETING_FOR.containsKey(module) && !TICKETING_FOR.get(module).contains(part(to, 2))
                            || module.equals("channels") && wrongForChannels(to);
            case "channels" -> wrongChannel(from, to);
            default -> false;
        };
    }

    private static boolean wrongForChannels(String to) {
        String type = outermost(to);
        return TYPES_FOR_CHANNELS.containsKey(part(to, 2))
                && !TYPES_FOR_CHANNELS.get(part(to, 2)).contains(type.substring(type.lastIndexOf('.') + 1));
    }

    private static String outermost(String type) {
        return type.replaceFirst("\\$.*", "");
    }

    private static boolean wrongOrder(String from, String to) {
        Optional<Integer> mine = row(from);
        Optional<Integer> other = row(to);
        return mine.isPresent() && other.isPresent() && other.get() > mine.get();
    }

    private static Optional<Integer> row(String feature) {
        for (int row = 0; row < ORDER.size(); row++) {
            if (ORDER.get(row).contains(feature)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /// No channel imports another, the workers know none, and only the demo knows the simulator.
    private static boolean wrongChannel(String from, String to) {
        String target = part(to, 2);
        boolean sameModule = part(from, 1).equals("channels");
        if (sameModule && part(from, 2).equals(target)) {
            return false;
        }
        if (target.equals("simulator")) {
            return !from.startsWith("switchboard.gateway.demo.") && !WIRES_THE_DEMO.contains(outermost(from));
        }
        boolean insideAPackage = from.chars().filter(c -> c == '.').count() > 2;
        return sameModule && insideAPackage && CHANNELS.contains(target) && !part(from, 2).equals("simulator");
    }

    /// The n-th word of a class name; a class of the module itself has none there.
    private static String part(String name, int n) {
        List<String> parts = new ArrayList<>(List.of(name.split("\\.")));
        parts.removeLast();
        return n < parts.size() ? parts.get(n) : "";
    }
}
