package switchboard.ticketing.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Which tickets are meant, as data: who may see them, what a view shows. The same expression is compiled to SQL
/// and to a Java test, and a property test holds the two equal.
///
/// SQL is for a `ticket t`; values are always bound. Null on a row never makes the answer null: an absent team is in
/// no set and equals nobody.
public sealed interface Predicate {
    Predicate ALL = new All();
    Predicate NONE = new None();

    record All() implements Predicate {}

    record None() implements Predicate {}

    record And(List<Predicate> parts) implements Predicate {}

    record Or(List<Predicate> parts) implements Predicate {}

    record Not(Predicate part) implements Predicate {}

    record TeamIn(Set<UUID> teams) implements Predicate {}

    record NoTeam() implements Predicate {}

    record Assignee(UUID agent) implements Predicate {}

    record Unassigned() implements Predicate {}

    record Mentioned(UUID agent) implements Predicate {}

    record Customer(UUID customer) implements Predicate {}

    record Status(Set<String> words) implements Predicate {}

    record Channel(Set<String> words) implements Predicate {}

    record Priority(Set<String> words) implements Predicate {}

    record Tag(String tag) implements Predicate {}

    static Predicate and(Predicate... parts) {
        return new And(List.of(parts));
    }

    static Predicate or(Predicate... parts) {
        return new Or(List.of(parts));
    }

    static Predicate not(Predicate part) {
        return new Not(part);
    }

    default boolean test(TicketFacts ticket) {
        return switch (this) {
            case All _ -> true;
            case None _ -> false;
            case And(var parts) -> parts.stream().allMatch(part -> part.test(ticket));
            case Or(var parts) -> parts.stream().anyMatch(part -> part.test(ticket));
            case Not(var part) -> !part.test(ticket);
            case TeamIn(var teams) -> ticket.teamId() != null && teams.contains(ticket.teamId());
            case NoTeam() -> ticket.teamId() == null;
            case Assignee(var agent) -> agent.equals(ticket.assigneeId());
            case Unassigned() -> ticket.assigneeId() == null;
            case Mentioned(var agent) -> ticket.mentions().contains(agent);
            case Customer(var customer) -> customer.equals(ticket.customerId());
            case Status(var words) -> words.contains(ticket.status());
            case Channel(var words) -> words.contains(ticket.channel());
            case Priority(var words) -> words.contains(ticket.priority());
            case Tag(var tag) -> ticket.tags().contains(tag);
        };
    }

    /// The same as a condition of a query over `ticket t`.
    default Where where() {
        return switch (this) {
            case All _ -> Where.ALL;
            case None _ -> Where.NONE;
            case And(var parts) -> parts.stream().map(Predicate::where).reduce(Where::and).orElse(Where.ALL);
            case Or(var parts) -> parts.stream().map(Predicate::where).reduce(Where::or).orElse(Where.NONE);
            case Not(var part) -> part.where().not();
            case TeamIn(var teams) -> Where.of("(t.team_id is not null and t.team_id = any(?::uuid[]))", teams);
            case NoTeam() -> Where.of("t.team_id is null");
            case Assignee(var agent) -> Where.of("t.assignee_id is not distinct from ?::uuid", agent);
            case Unassigned() -> Where.of("t.assignee_id is null");
            case Mentioned(var agent) -> Where.of("?::uuid = any(t.mentions)", agent);
            case Customer(var customer) -> Where.of(
                    "t.customer_id in (select id from customer where coalesce(merged_into, id) = ?::uuid)", customer);
            case Status(var words) -> Where.of("t.status = any(?::text[])", List.copyOf(words));
            case Channel(var words) -> Where.of("t.channel = any(?::text[])", List.copyOf(words));
            case Priority(var words) -> Where.of("t.priority = any(?::text[])", List.copyOf(words));
            case Tag(var tag) -> Where.of("?::text = any(t.tags)", tag);
        };
    }
}
