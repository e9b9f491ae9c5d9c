package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Json;

/// The matcher on a virtual clock: agents and events in, decisions with their reasons out. The format is in
/// `docs/routing.md`.
public final class Scenario {
    private static final Map<String, Integer> COSTS = Map.of("phone", 100, "chat", 25, "sms", 15, "email", 10, "form",
            10);
    private static final Instant START = Instant.EPOCH;

    record Agent(String name, Integer capacity, Integer liveCapacity, Set<String> teams, Map<String, Integer> skills,
                 String language, String status, Map<String, Integer> channelMax, Boolean phone) {}

    record Arrival(String id, String channel, String team, List<String> skills, String priority, String customer,
                   String preferred) {}

    record Status(String agent, String is) {}

    /// Exactly one of the actions, or none: then only time passes.
    record Event(double at, Arrival arrive, String free, String decline, Status status, Boolean tick) {}

    record Script(Map<String, Integer> costs, List<Agent> agents, List<Event> events) {}

    private record Line(double at, String work, String outcome, String agent, double score, String reason,
                        List<Reason> candidates) {}

    private record Reason(String agent, boolean eligible, double score, List<String> reasons, int loadBefore,
            int capacity,
                          long idleSeconds) {}

    /// Work that was given to somebody and is not done.
    private record Held(Work work, String customer, UUID agent) {}

    private final Map<String, Integer> costs;
    private final Map<UUID, Candidate> agents = new LinkedHashMap<>();
    private final Map<UUID, Work> waiting = new LinkedHashMap<>();
    private final Map<UUID, Held> held = new LinkedHashMap<>();
    private final Map<String, UUID> ids = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<UUID, String> customers = new HashMap<>();
    private final Map<UUID, String> told = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Scenario(Script script) {
        this.costs = script.costs() == null ? COSTS : script.costs();
        if (script.agents() == null || script.events() == null) throw wrong("agents and events are missing");
        for (var agent : script.agents()) {
            var id = name("agent:", agent.name());
            int capacity = agent.capacity() == null ? 100 : agent.capacity();
            int live = agent.liveCapacity() == null ? capacity : agent.liveCapacity();
            agents.put(id, new Candidate(id, agent.name(), 1, or(agent.status(), "available"),
                    new Pool(capacity, 0), new Pool(live, 0), teams(agent), agent.skills() == null
                            ? Map.of()
                            : agent.skills(), or(agent.language(), "en"), START,
                    !Boolean.FALSE.equals(agent.phone()), Map.of(),
                    agent.channelMax() == null ? Map.of() : agent.channelMax()));
        }
    }

    /// @return one JSON line for each decision
    /// @throws IllegalArgumentException saying what is wrong with the scenario
    public static List<String> run(String json) {
        Script script;
        try {
            script = Json.API.treeToValue(Json.API.readTree(json), Script.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException unreadable) {
            throw wrong(unreadable.getOriginalMessage());
        }
        var scenario = new Scenario(script);
        double last = 0;
        for (var event : script.events()) {
            if (event.at() < last) throw wrong("the event at " + event.at() + " comes after one at " + last);
            last = event.at();
            scenario.happen(event);
        }
        return scenario.lines;
    }

    private void happen(Event event) {
        var now = START.plusMillis(Math.round(event.at() * 1000));
        if (event.arrive() != null) arrive(event.arrive(), now);
        if (event.free() != null) release(event.free(), now);
        if (event.decline() != null) decline(event.decline(), now);
        if (event.status() != null) {
            var id = known("agent:", event.status().agent());
            var is = event.status().is();
            agents.computeIfPresent(id, (_, agent) -> agent.in(is));
        }
        match(event.at(), now);
    }

    private void arrive(Arrival arrival, Instant now) {
        if (ids.containsKey("work:" + arrival.id())) throw wrong("the work " + arrival.id() + " arrives twice");
        var id = name("work:", arrival.id());
        var channel = or(arrival.channel(), "email");
        if (arrival.customer() != null) customers.put(id, arrival.customer());
        waiting.put(id, new Work(id, 1, channel, costs.getOrDefault(channel, 10),
                arrival.team() == null ? null : name("team:", arrival.team()), arrival.skills() == null ? List.of()
                        : arrival.skills(), or(arrival.priority(), "normal"), now, preferred(arrival), Set.of()));
    }

    private UUID preferred(Arrival arrival) {
        if (arrival.preferred() != null) return known("agent:", arrival.preferred());
        return held.values().stream().filter(one -> one.customer() != null && one.customer().equals(arrival.customer()))
                .map(Held::agent).reduce((_, newer) -> newer).orElse(null);
    }

    private Held release(String name, Instant now) {
        var done = held.remove(known("work:", name));
        if (done == null) throw wrong("nobody has the work " + name);
        agents.computeIfPresent(done.agent(), (_, agent) -> agent.returning(done.work(), now));
        return done;
    }

    /// Back with its original age; the same agent is not asked again.
    private void decline(String name, Instant now) {
        var back = release(name, now);
        var work = back.work();
        var skipped = new HashSet<>(work.skipped());
        skipped.add(back.agent());
        waiting.put(work.id(), new Work(work.id(), work.version() + 1, work.channel(), work.cost(), work.teamId(),
                work.skills(), work.priority(), work.queuedAt(), work.preferred(), skipped));
    }

    private void match(double at, Instant now) {
        for (var decision : Matcher.decide(List.copyOf(waiting.values()), List.copyOf(agents.values()), now)) {
            if (decision.chosen() != null) {
                var work = waiting.remove(decision.workId());
                told.remove(work.id());
                held.put(work.id(), new Held(work, customers.get(work.id()), decision.chosen().id()));
                agents.computeIfPresent(decision.chosen().id(), (_, agent) -> agent.taking(work, now));
            } else if (reasons(decision).equals(told.put(decision.workId(), reasons(decision)))) {
                continue; // as before
            }
            lines.add(Json.write(line(at, decision)));
        }
    }

    private static String reasons(Decision decision) {
        return Json.write(decision.candidates().stream().map(Decision.Considered::reasons).toList());
    }

    private Line line(double at, Decision decision) {
        return new Line(at, names.get(decision.workId()), decision.outcome(),
                decision.chosen() == null ? null : decision.chosen().name(), decision.score(), decision.reason(),
                decision.candidates().stream().map(one -> new Reason(one.agent().name(), one.eligible(), one.score(),
                        one.reasons(), one.loadBefore(), one.capacity(), one.idleSeconds())).toList());
    }

    private Set<UUID> teams(Agent agent) {
        var teams = new HashSet<UUID>();
        if (agent.teams() != null) agent.teams().forEach(team -> teams.add(name("team:", team)));
        return teams;
    }

    /// Ids rise in the order in which names are met, so that ties go to who stands first in the file.
    private UUID name(String kind, String name) {
        if (name == null || name.isEmpty()) throw wrong("something of the kind " + kind + " has no name");
        return ids.computeIfAbsent(kind + name, _ -> {
            var id = new UUID(0, ids.size() + 1L);
            names.put(id, name);
            return id;
        });
    }

    private UUID known(String kind, String name) {
        if (!ids.containsKey(kind + name)) throw wrong("there is no " + kind + name);
        return ids.get(kind + name);
    }

    private static String or(String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The scenario is wrong: " + what);
    }
}
