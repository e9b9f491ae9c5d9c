package switchboard.ticketing.routing;

/// Units of one kind of work: what an agent has, and what is taken of it.
public record Pool(int units, int used) {
    boolean fits(int cost) {
        return used + cost <= units;
    }

    Pool with(int more) {
        return new Pool(units, used + more);
    }
}
