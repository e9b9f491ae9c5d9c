package switchboard.ticketing.access;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
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

    /// A boolean SQL expression in parentheses. Its values are added to `args`, which holds the statement's other
    /// arguments already: the n-th of the list is `$n`.
    default String sql(List<Object> args) {
        return switch (this) {
            case All _ -> "(true)";
            case None _ -> "(false)";
            case And(var parts) -> join(parts, " and ", "(true)", args);
            case Or(var parts) -> join(parts, " or ", "(false)", args);
            case Not(var part) -> "(not " + part.sql(args) + ")";
            case TeamIn(var teams) -> teams.isEmpty() ? "(false)"
                    : "(t.team_id is not null and t.team_id = any(" + uuids(args, teams) + "))";
            case NoTeam() -> "(t.team_id is null)";
            case Assignee(var agent) -> "(t.assignee_id is not distinct from " + uuid(args, agent) + ")";
            case Unassigned() -> "(t.assignee_id is null)";
            case Mentioned(var agent) -> "(" + uuid(args, agent) + " = any(t.mentions))";
            case Customer(var customer) -> customer(uuid(args, customer));
            case Status(var words) -> "(t.status = any(" + texts(args, words) + "))";
            case Channel(var words) -> "(t.channel = any(" + texts(args, words) + "))";
            case Priority(var words) -> "(t.priority = any(" + texts(args, words) + "))";
            case Tag(var tag) -> "(" + bind(args, tag) + "::text = any(t.tags))";
        };
    }

    private static String customer(String bound) {
        return "(t.customer_id in (select id from customer where coalesce(merged_into, id) = " + bound + "))";
    }

    private static String join(List<Predicate> parts, String word, String empty, List<Object> args) {
        return parts.isEmpty() ? empty : parts.stream().map(part -> part.sql(args)).collect(joining(word, "(", ")"));
    }

    private static String uuid(List<Object> args, UUID value) {
        return bind(args, value) + "::uuid";
    }

    private static String uuids(List<Object> args, Collection<UUID> values) {
        return bind(args, List.copyOf(values)) + "::uuid[]";
    }

    private static String texts(List<Object> args, Collection<String> values) {
        return bind(args, List.copyOf(values)) + "::text[]";
    }

    private static String bind(List<Object> args, Object value) {
        args.add(value);
        return "$" + args.size();
    }
}
