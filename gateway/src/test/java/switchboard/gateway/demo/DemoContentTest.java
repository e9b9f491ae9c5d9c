package switchboard.gateway.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import switchboard.gateway.demo.DemoContent.Agent;
import switchboard.gateway.demo.DemoContent.Customer;
import switchboard.gateway.demo.DemoContent.Event;
import switchboard.gateway.demo.DemoContent.Identity;
import switchboard.gateway.demo.DemoContent.Team;
import switchboard.gateway.demo.DemoContent.Then;
import switchboard.gateway.demo.DemoContent.Words;

class DemoContentTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Set<String> VARIABLES = Set.of("customer.name", "agent.name", "ticket.number");
    private static final Set<String> ACTIONS = Set.of("status", "tag", "assign-me", "priority", "team");
    private static final Set<String> STATUSES = Set.of("open", "pending", "snoozed", "solved");

    private final DemoContent demo = DemoContent.load();

    @Test
    void theCompanyHasFourTeamsTwelveAgentsAndAnAdministrator() {
        var company = demo.company();
        assertEquals(4, company.teams().size());
        assertEquals(12, company.agents().size());
        assertEquals("admin@demo.test", company.admin().email());
        assertEquals("admin", company.admin().role());
        assertEquals(8, company.shop().products().size());
        assertTrue(company.macros().size() >= 14);
        var teams = teamKeys();
        staff().forEach(agent -> {
            assertEquals(agent.key() + "@demo.test", agent.email());
            assertTrue(teams.containsAll(agent.teams()), agent.key());
            agent.skills().forEach(skill -> assertTrue(
                    company.skills().contains(skill.name()) && skill.level() >= 1 && skill.level() <= 5, skill::name));
        });
    }

    @Test
    void everyTeamHasSomebodyWhoIsAvailable() {
        demo.company().teams().forEach(team -> assertTrue(demo.company().agents().stream()
                .anyMatch(a -> a.status().equals("available") && a.teams().contains(team.key())), team.name()));
    }

    @Test
    void macrosUseOnlyKnownVariablesAndActions() {
        demo.company().macros().forEach(macro -> {
            Stream.of(macro.text().en(), macro.text().zh()).forEach(text -> VARIABLE.matcher(text).results()
                    .forEach(m -> assertTrue(VARIABLES.contains(m.group(1)), m.group())));
            macro.actions().forEach(action -> {
                assertTrue(ACTIONS.contains(action.kind()), action::kind);
                assertTrue(!action.kind().equals("status") || STATUSES.contains(action.value()), action::value);
                assertTrue(!action.kind().equals("team") || teamKeys().contains(action.value()), action::value);
            });
        });
    }

    @Test
    void everythingTheCompanySaysIsThereInBothLanguages() {
        var company = demo.company();
        var words = new ArrayList<Words>(List.of(company.tagline(), company.story(), company.tone(), company.hours()));
        company.macros().forEach(macro -> words.addAll(List.of(macro.title(), macro.text())));
        company.shop().products().forEach(product -> words.addAll(List.of(product.name(), product.blurb())));
        words.forEach(w -> {
            assertFalse(w.en().isBlank());
            assertTrue(w.zh().codePoints().anyMatch(Character::isIdeographic), w::zh);
        });
    }

    @Test
    void sixtyCustomersOfWhomTwentyAreChineseAndManyHaveMailAndPhone() {
        assertEquals(60, demo.customers().size());
        assertEquals(60, demo.customers().stream().map(Customer::key).distinct().count());
        assertEquals(20, demo.customers().stream().filter(c -> c.language().equals("zh-CN")).count());
        assertTrue(demo.customers().stream().filter(c -> has(c, "email") && has(c, "phone")).count() >= 25);
        assertEquals(Set.of("lead", "new", "active", "loyal", "at-risk", "churned"),
                demo.customers().stream().map(Customer::lifecycle).collect(toSet()));
        demo.customers().forEach(c -> ZoneId.of(c.timezone()));
    }

    @Test
    void noAddressOrNumberBelongsToTwoAndEveryNumberIsPossible() {
        var seen = new HashSet<String>(Set.of(demo.company().supportAddress(), demo.company().number()));
        staff().forEach(a -> assertTrue(seen.add(a.email()) && seen.add(a.phone()), a.key()));
        demo.customers().stream().flatMap(c -> c.identities().stream())
                .forEach(identity -> assertTrue(seen.add(identity.value()), identity::value));
        var numbers = seen.stream().filter(value -> value.startsWith("+")).toList();
        assertTrue(numbers.size() > 40);
        numbers.forEach(n -> assertTrue(PhoneNumberUtil.getInstance().isPossibleNumber(n, null), n));
        demo.customers().stream().flatMap(c -> c.identities().stream()).filter(i -> i.kind().equals("email"))
                .map(Identity::value).forEach(mail -> assertTrue(mail.matches(".+@.+\\.(test|example)"), mail));
    }

    @Test
    void theHistoryNamesOnlyPeopleAndChannelsThatExist() {
        var customers = new LinkedHashMap<String, Customer>();
        demo.customers().forEach(c -> customers.put(c.key(), c));
        var agents = staff().map(Agent::key).collect(toSet());
        demo.history().forEach(event -> {
            var customer = customers.get(event.customer());
            assertTrue(customer != null, event.customer());
            event.agent().ifPresent(a -> assertTrue(agents.contains(a), a));
            assertTrue(Set.of("email", "sms", "chat", "phone").contains(event.channel()), event.channel());
            assertTrue(Set.of("inbound", "outbound", "note", "event").contains(event.direction()), event.direction());
            assertFalse(event.text().isBlank(), event.thread());
            assertTrue(event.direction().equals("inbound") || event.agent().isPresent(), event.thread());
            assertTrue(!Set.of("sms", "phone").contains(event.channel()) || has(customer, "phone"), event.thread());
            assertTrue(event.channel().equals("phone") == event.call().isPresent()
                    || event.direction().equals("note"), event.thread());
            event.then().ifPresent(then -> {
                then.status().ifPresent(s -> assertTrue(STATUSES.contains(s), s));
                then.team().ifPresent(t -> assertTrue(teamKeys().contains(t), t));
                then.assignee().ifPresent(a -> assertTrue(agents.contains(a), a));
                assertEquals(then.status().equals(Optional.of("snoozed")), then.snoozeMinutes().isPresent());
            });
        });
    }

    @Test
    void theHistoryRunsForwardOverSeventyFiveDaysAndEndsInTheRightStates() {
        var history = demo.history();
        assertTrue(history.size() >= 350 && history.size() <= 450, "events: " + history.size());
        assertTrue(history.getFirst().minutesAgo() <= 75 * 24 * 60);
        for (int i = 1; i < history.size(); i++) {
            assertTrue(history.get(i - 1).minutesAgo() >= history.get(i).minutesAgo(), "line " + (i + 1));
        }
        assertTrue(history.getLast().minutesAgo() > 0);

        var first = new LinkedHashMap<String, Event>();
        var last = new LinkedHashMap<String, Event>();
        history.forEach(event -> {
            first.putIfAbsent(event.thread(), event);
            last.put(event.thread(), event);
        });
        assertTrue(first.size() >= 100, "threads: " + first.size());
        first.values().forEach(event -> assertTrue(event.subject().isPresent(), event.thread()));
        Map<String, Long> states = last.values().stream()
                .collect(groupingBy(e -> e.then().flatMap(Then::status).orElse("none"), counting()));
        assertEquals(STATUSES, states.keySet());
        assertTrue(states.get("open") >= 25 && states.get("pending") == 8 && states.get("snoozed") == 3,
                states::toString);
    }

    @Test
    void theTwoHeroesAndManyOthersSpeakOnSeveralChannels() {
        var channels = demo.history().stream()
                .collect(groupingBy(Event::customer, mapping(Event::channel, toSet())));
        assertEquals(4, channels.get("mia").size());
        assertEquals(4, channels.get("lin-xiaomei").size());
        assertTrue(channels.values().stream().filter(c -> c.size() > 1).count() >= 15);
        var mia = demo.customers().stream().filter(c -> c.key().equals("mia")).findFirst().orElseThrow();
        assertTrue(mia.identities().containsAll(List.of(
                new Identity("email", "mia.lund@customers.example"), new Identity("phone", "+15550123456"))));
    }

    private Set<String> teamKeys() {
        return demo.company().teams().stream().map(Team::key).collect(toSet());
    }

    private Stream<Agent> staff() {
        return Stream.concat(demo.company().agents().stream(), Stream.of(demo.company().admin()));
    }

    private static boolean has(Customer customer, String kind) {
        return customer.identities().stream().anyMatch(i -> i.kind().equals(kind));
    }
}
