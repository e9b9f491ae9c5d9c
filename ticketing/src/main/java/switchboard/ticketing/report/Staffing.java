package switchboard.ticketing.report;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// How long callers wait for a number of agents: Erlang C, where everybody waits, or Erlang A, where a caller gives up
/// after a patience that is exponentially distributed.
public final class Staffing {
    public static final int AGENTS_MAX = 5_000;
    private static final int STATES_MAX = 2_000_000;
    private static final double NEGLIGIBLE = 1e-15;
    private static final double LARGE = 1e200;

    private Staffing() {}

    /// @param calls that come in within `per`
    /// @param handle average time that one call keeps an agent busy
    /// @param within the wait that still counts as good service
    /// @param patience average; empty: nobody gives up
    public record Load(double calls, Duration per, Duration handle, Duration within, Optional<Duration> patience) {
        public Load {
            if (!(calls > 0) || per.toMillis() <= 0 || handle.toMillis() <= 0 || within.isNegative()
                    || patience.isPresent() && patience.get().toMillis() <= 0) {
                throw new IllegalArgumentException("calls, their period, handling time and patience must be positive");
            }
            if (calls * handle.toMillis() / per.toMillis() > AGENTS_MAX) {
                throw new IllegalArgumentException("more than " + AGENTS_MAX + " agents would be busy all the time");
            }
        }

        double perSecond() {
            return calls / seconds(per);
        }

        /// Agents that are busy on average.
        double offered() {
            return perSecond() * seconds(handle);
        }
    }

    /// @param asaSeconds average wait; null where the queue grows for ever
    /// @param abandonment share of callers who give up
    public record Outcome(String model, int agents, double occupancy, double waitProbability, Double asaSeconds,
                          double serviceLevel, double abandonment) {}

    /// @throws IllegalArgumentException for fewer than one agent or more than `AGENTS_MAX`
    public static Outcome of(Load load, int agents) {
        if (agents < 1 || agents > AGENTS_MAX) throw new IllegalArgumentException("agents must be 1 to " + AGENTS_MAX);
        return load.patience().isPresent() ? erlangA(load, agents, 1 / seconds(load.patience().get()))
                : erlangC(load, agents);
    }

    /// The fewest agents that answer the share `target` of the calls in time.
    public static OptionalInt needed(Load load, double target) {
        int low = 1;
        int high = AGENTS_MAX;
        if (of(load, high).serviceLevel() < target) return OptionalInt.empty();
        while (low < high) {
            int middle = (low + high) / 2;
            if (of(load, middle).serviceLevel() >= target) high = middle;
            else low = middle + 1;
        }
        return OptionalInt.of(low);
    }

    /// With breaks, training and illness: how many must be on the roster for `agents` to be there.
    public static int scheduled(int agents, double shrinkage) {
        boolean possible = shrinkage >= 0 && shrinkage < 1;
        if (!possible) throw new IllegalArgumentException("shrinkage must be from 0 to below 1");
        return (int) Math.ceil(agents / (1 - shrinkage) - 1e-9);
    }

    /// The share that is turned away where nobody can wait.
    static double blocked(double offered, int agents) {
        double blocked = 1;
        for (int k = 1; k <= agents; k++) blocked = offered * blocked / (k + offered * blocked);
        return blocked;
    }

    private static Outcome erlangC(Load load, int agents) {
        double offered = load.offered();
        double spare = agents - offered;
        if (spare <= 0) return new Outcome("erlang-c", agents, 1, 1, null, 0, 0);
        double blocked = blocked(offered, agents);
        double waits = agents * blocked / (agents - offered * (1 - blocked));
        double handle = seconds(load.handle());
        return new Outcome("erlang-c", agents, offered / agents, waits, waits * handle / spare,
                1 - waits * Math.exp(-spare * seconds(load.within()) / handle), 0);
    }

    private static Outcome erlangA(Load load, int agents, double giveUp) {
        double arrivals = load.perSecond();
        double serve = 1 / seconds(load.handle());
        // Weights of the states, forwards; the sums are kept beside them so that no long array is needed before N.
        double weight = 1;
        double before = 0;
        for (int n = 0; n < agents; n++) {
            before += weight;
            weight *= arrivals / ((n + 1) * serve);
            if (weight > LARGE) {
                before /= weight;
                weight = 1;
            }
        }
        var queue = new double[1024];
        double waiting = 0;
        double length = 0;
        int states = 0;
        while (states < STATES_MAX) {
            if (states == queue.length) queue = java.util.Arrays.copyOf(queue, states * 2);
            queue[states] = weight;
            waiting += weight;
            length += states * weight;
            states++;
            double ratio = arrivals / (agents * serve + states * giveUp);
            if (ratio < 1 && weight * states < NEGLIGIBLE * (waiting + before)) break;
            weight *= ratio;
            if (weight > LARGE) {
                for (int j = 0; j < states; j++) queue[j] /= weight;
                before /= weight;
                waiting /= weight;
                length /= weight;
                weight = 1;
            }
        }
        double all = before + waiting;
        double lost = giveUp * length / all / arrivals;
        double inTime = before / all + answered(queue, states, all, agents * serve, giveUp, seconds(load.within()));
        return new Outcome("erlang-a", agents, arrivals * (1 - lost) / (agents * serve), waiting / all,
                length / all / arrivals, Math.min(1, inTime), lost);
    }

    /// Share of the callers who have to wait and are answered within `time`, by uniformisation: with `j` callers ahead
    /// the place improves at the rate `served + j * giveUp`, and the caller gives up at the rate `giveUp`.
    private static double answered(double[] queue, int states, double all, double served, double giveUp, double time) {
        double rate = served + (states + 1) * giveUp;
        double mean = rate * time;
        var reached = new double[states]; // by callers ahead: share answered within the steps so far
        int steps = (int) Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
        double logPoisson = -mean;
        double share = 0;
        for (int step = 0; step <= steps; step++) {
            if (step > 0) {
                logPoisson += Math.log(mean / step);
                for (int j = states - 1; j >= 0; j--) {
                    double forward = (served + j * giveUp) / rate;
                    reached[j] = forward * (j == 0 ? 1 : reached[j - 1]) + (1 - forward - giveUp / rate) * reached[j];
                }
            }
            double poisson = mean == 0 ? (step == 0 ? 1 : 0) : Math.exp(logPoisson);
            if (poisson < 1e-18) continue;
            for (int j = 0; j < states; j++) share += poisson * queue[j] / all * reached[j];
        }
        return share;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
