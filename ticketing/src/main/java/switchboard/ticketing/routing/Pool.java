package switchboard.ticketing.routing;

/// An agent's units for one kind of work: how many there are and how many are in use.
public record Pool(int units, int used) {
    boolean fits(int cost) {
        return used + cost <= units;
    }

    Pool with(int more) {
        return new Pool(units, used + more);
    }
}
