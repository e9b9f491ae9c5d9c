package switchboard.ticketing.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who gets the work: a pure function of what waits, who works, and the time, so that it runs alike on the real clock,
/// in a scenario and in a replay.
///
/// Work is taken in order of priority, which rises with age so that nothing starves; ties go to the longest wait, then
/// by id. Among the eligible agents, the one who had the work before or has a conversation with this customer wins,
/// then the most proficient in the required skills, then the one idle longest, then the smaller id.
public final class Matcher {
    /// Points that a minute of waiting adds to the priority; a normal ticket overtakes a fresh urgent one after 40
    /// minutes.
    public static final double AGING_POINTS_PER_MINUTE = 0.5;
    private static final double PREFERRED_BONUS = 100;
    private static final Map<String, Integer> BASE = Map.of("urgent", 30, "high", 20, "normal", 10, "low", 0);

    private Matcher() {}

    public static List<Decision> decide(List<Work> waiting, List<Candidate> agents, Instant now) {
        var state = new LinkedHashMap<UUID, Candidate>();
        agents.stream().sorted(Comparator.comparing(Candidate::id)).forEach(agent -> state.put(agent.id(), agent));
        var decisions = new ArrayList<Decision>();
        for (var work : waiting.stream().sorted(order(now)).toList()) {
            var decision = decide(work, state, now);
            decisions.add(decision);
            if (decision.chosen() != null) {
                state.computeIfPresent(decision.chosen().id(), (_, agent) -> agent.taking(work, now));
            }
        }
        return decisions;
    }

    static Comparator<Work> order(Instant now) {
        return Comparator.comparingDouble((Work work) -> -priority(work, now)).thenComparing(Work::queuedAt)
                .thenComparing(Work::id);
    }

    static double priority(Work work, Instant now) {
        double minutes = Duration.between(work.queuedAt(), now).toMillis() / 60_000.0;
        return BASE.getOrDefault(work.priority(), 10) + AGING_POINTS_PER_MINUTE * Math.max(0, minutes);
    }

    private static Decision decide(Work work, Map<UUID, Candidate> agents, Instant now) {
        var considered = new ArrayList<Decision.Considered>();
        Decision.Considered best = null;
        for (var agent : agents.values()) {
            var one = consider(work, agent, now);
            considered.add(one);
            if (one.eligible() && (best == null || better(one, best))) best = one;
        }
        if (best == null) return new Decision(work.id(), "no-candidate", null, 0, whyNobody(considered), considered);
        var reason = best.reasons().contains("preferred") ? "preferred" : considered.stream()
                .filter(Decision.Considered::eligible).count() == 1 ? "only-candidate" : best.score() > 0 ? "skill"
                : "longest-idle";
        var winner = best;
        return new Decision(work.id(), "assigned", best.agent(), best.score(), reason,
                considered.stream().map(one -> told(one, winner)).toList());
    }

    /// Adds why an eligible agent lost.
    private static Decision.Considered told(Decision.Considered one, Decision.Considered winner) {
        if (one == winner || !one.eligible()) return one;
        var why = one.score() == winner.score() ? one.idleSeconds() == winner.idleSeconds() ? "lost:tie" : "lost:idle"
                : winner.reasons().contains("preferred") ? "lost:preferred" : "lost:skill";
        var reasons = new ArrayList<>(one.reasons());
        reasons.add(why);
        return new Decision.Considered(one.agent(), one.score(), true, reasons, one.loadBefore(), one.capacity(),
                one.idleSeconds());
    }

    private static boolean better(Decision.Considered one, Decision.Considered other) {
        return one.score() != other.score() ? one.score() > other.score() : one.idleSeconds() > other.idleSeconds();
    }

    private static Decision.Considered consider(Work work, Candidate agent, Instant now) {
        var against = against(work, agent);
        double score = 0;
        var merits = new ArrayList<String>();
        for (var skill : work.skills()) {
            int level = level(agent, skill);
            if (level > 0) merits.add("skill:" + skill + "=" + level);
            score += level / 10.0;
        }
        if (agent.id().equals(work.preferred())) {
            merits.add("preferred");
            score += PREFERRED_BONUS;
        }
        long idle = Math.max(0, Duration.between(agent.idleSince(), now).toSeconds());
        boolean eligible = against.isEmpty();
        return new Decision.Considered(new Decision.Named(agent.id(), agent.name()), eligible ? score : 0, eligible,
                eligible ? merits : against, agent.pool(work).used(), agent.pool(work).units(), idle);
    }

    /// Whether this agent may get this work; asked once more of the locked rows when the decision is committed.
    static boolean eligible(Work work, Candidate agent) {
        return against(work, agent).isEmpty();
    }

    private static List<String> against(Work work, Candidate agent) {
        var against = new ArrayList<String>();
        if (!agent.status().equals("available")) against.add("status:" + agent.status());
        if (work.teamId() != null && !agent.teams().contains(work.teamId())) against.add("team");
        if (work.skipped().contains(agent.id())) against.add("skipped");
        if (work.channel().equals("phone") && !agent.phone()) against.add("no-phone");
        if (!agent.pool(work).fits(work.cost())) against.add("capacity");
        if (!agent.admits(work.channel())) against.add("channel:" + work.channel());
        for (var skill : work.skills()) if (level(agent, skill) == 0) against.add("skill:" + skill);
        return against;
    }

    private static int level(Candidate agent, String skill) {
        int level = agent.skills().getOrDefault(skill, 0);
        return skill.equals("language:" + agent.language()) ? Math.max(level, 5) : level;
    }

    private static String whyNobody(List<Decision.Considered> considered) {
        if (considered.isEmpty()) return "no-agents";
        var busy = considered.stream().anyMatch(one -> one.reasons().stream().allMatch(reason ->
                reason.equals("capacity") || reason.startsWith("channel:")));
        if (busy) return "all-busy";
        return considered.stream().anyMatch(one -> one.reasons().stream().noneMatch(reason ->
                reason.equals("team") || reason.startsWith("skill:"))) ? "nobody-available"
                        : "nobody-with-skill-or-team";
    }
}
