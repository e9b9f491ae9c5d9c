package switchboard.ticketing.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Ids;

class PredicateTest {
    private static final List<String> WORDS = List.of("open", "pending", "snoozed", "solved");
    private static final List<String> CHANNELS = List.of("email", "chat", "o'clock");
    private static final List<String> TAGS = List.of("vip", "a,b", "\"}", "");
    private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
    private static final long SEED = System.nanoTime();
    private static final Random RANDOM = new Random(SEED);

    private static World world;
    private static List<UUID> teams;
    private static List<UUID> agents;
    private static List<UUID> customers;
    private static final List<TicketFacts> TICKETS = new ArrayList<>();

    @BeforeAll
    static void people() {
        world = new World();
        teams = IntStream.range(0, 4).mapToObj(n -> world.team("Team " + n)).toList();
        agents = IntStream.range(0, 6).mapToObj(n -> world.agent("agent" + n, Role.values()[n % 3],
                pick(teams), pick(teams))).toList();
        customers = IntStream.range(0, 5).mapToObj(n -> world.customer("Customer " + n)).toList();
        for (int i = 0; i < 300; i++) {
            var facts = new TicketFacts(Ids.next(), maybe(teams), maybe(agents), some(agents), pick(customers),
                    pick(WORDS), pick(CHANNELS), some(TAGS), pick(PRIORITIES));
            world.ticket(facts);
            TICKETS.add(facts);
        }
    }

    @AfterAll
    static void over() {
        world.close();
    }

    @Test
    void theSqlAndTheJavaTestMeanTheSameTicketsForRandomExpressions() {
        int telling = 0;
        for (int round = 0; round < 500; round++) {
            var predicate = random(4);
            var expected = byJava(predicate);
            assertEquals(expected, bySql(predicate), () -> "seed " + SEED + ": " + predicate);
            if (!expected.isEmpty() && expected.size() < TICKETS.size()) telling++;
        }
        assertTrue(telling > 100, "too few expressions told tickets apart: " + telling);
    }

    @Test
    void whoMaySeeWhatIsTheSameInSqlAndInJavaForEveryAgent() {
        for (var agent : agents) {
            var policy = Policy.tickets(world.caller(agent));
            assertEquals(byJava(policy), bySql(policy));
        }
    }

    @Test
    void factsAreLoadedAsTheyWereStored() {
        var loaded = TicketFacts.load(world.database.sql(), TICKETS.stream().map(TicketFacts::id).toList());
        assertEquals(new HashSet<>(TICKETS), new HashSet<>(loaded.values()));
    }

    @Test
    void anAgentSeesOwnTeamsUnteamedAssignedAndMentionedTicketsAndNoOthers() {
        var caller = world.caller(agents.getFirst());
        for (var ticket : TICKETS) {
            boolean expected = ticket.teamId() == null || caller.teamIds().contains(ticket.teamId())
                    || caller.id().equals(ticket.assigneeId()) || ticket.mentions().contains(caller.id());
            assertEquals(expected, Policy.tickets(caller).test(ticket));
        }
    }

    private static Set<UUID> byJava(Predicate predicate) {
        var found = new TreeSet<UUID>();
        TICKETS.stream().filter(predicate::test).forEach(ticket -> found.add(ticket.id()));
        return found;
    }

    private static Set<UUID> bySql(Predicate predicate) {
        var where = predicate.where();
        return new TreeSet<>(world.database.sql().column(UUID.class,
                "select t.id from ticket t where t.subject = $1 and " + where.sql(2), where.arguments("A question")));
    }

    private static Predicate random(int depth) {
        return switch (RANDOM.nextInt(depth == 0 ? 12 : 15)) {
            case 0 -> Predicate.ALL;
            case 1 -> Predicate.NONE;
            case 2 -> new Predicate.TeamIn(some(teams));
            case 3 -> new Predicate.NoTeam();
            case 4 -> new Predicate.Assignee(pick(agents));
            case 5 -> new Predicate.Unassigned();
            case 6 -> new Predicate.Mentioned(pick(agents));
            case 7 -> new Predicate.Customer(pick(customers));
            case 8 -> new Predicate.Status(some(WORDS));
            case 9 -> new Predicate.Channel(some(CHANNELS));
            case 10 -> new Predicate.Priority(some(PRIORITIES));
            case 11 -> new Predicate.Tag(pick(TAGS));
            case 12 -> new Predicate.Not(random(depth - 1));
            case 13 -> new Predicate.And(several(depth));
            default -> new Predicate.Or(several(depth));
        };
    }

    private static List<Predicate> several(int depth) {
        IntFunction<Predicate> part = _ -> random(depth - 1);
        return IntStream.range(0, RANDOM.nextInt(4)).mapToObj(part).toList();
    }

    private static <T> T pick(List<T> of) {
        return of.get(RANDOM.nextInt(of.size()));
    }

    private static <T> T maybe(List<T> of) {
        return RANDOM.nextInt(3) == 0 ? null : pick(of);
    }

    private static <T> Set<T> some(List<T> of) {
        var some = new HashSet<T>();
        for (var one : of) if (RANDOM.nextInt(3) == 0) some.add(one);
        return some;
    }
}
