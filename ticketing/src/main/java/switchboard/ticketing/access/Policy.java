package switchboard.ticketing.access;

import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;

/// Who may see what. One rule for list, get, search, counts, export, realtime, mail and reports.
///
/// An agent sees the tickets of their teams, those of no team, those assigned to them and those they are mentioned in;
/// a lead the same (teams are what a lead leads); an admin all. A customer is visible when one of their tickets is, or
/// when they have none at all.
public final class Policy {
    private Policy() {}

    public static Predicate tickets(Caller caller) {
        return switch (caller.role()) {
            case ADMIN -> Predicate.ALL;
            case LEAD, AGENT -> Predicate.or(new Predicate.TeamIn(caller.teamIds()), new Predicate.NoTeam(),
                    new Predicate.Assignee(caller.id()), new Predicate.Mentioned(caller.id()));
        };
    }

    /// The condition of a query over `ticket t`.
    public static Where visible(Caller caller) {
        return tickets(caller).where();
    }

    /// The condition of a query over `customer c`. Tickets of customers who were merged into this one count as theirs.
    public static Where customers(Caller caller) {
        if (caller.isAdmin()) return Where.ALL;
        var theirs = "select 1 from ticket t where t.customer_id in "
                + "(select id from customer s where s.id = c.id or s.merged_into = c.id)";
        var visible = visible(caller);
        return Where.of("not exists (" + theirs + ")")
                .or(new Where("exists (" + theirs + " and " + visible.text() + ")", visible.values()));
    }

    /// @throws Failure.NotFound when there is no such ticket or the caller may not know that there is
    public static void requireTicket(Sql sql, Caller caller, UUID ticket) {
        var visible = visible(caller);
        if (!sql.exists("select 1 from ticket t where t.id = $1 and " + visible.sql(2), visible.arguments(ticket))) {
            throw new Failure.NotFound("The ticket");
        }
    }

    /// @throws Failure.NotFound when there is no such customer or the caller may not know that there is
    public static void requireCustomer(Sql sql, Caller caller, UUID customer) {
        var visible = customers(caller);
        if (!sql.exists("select 1 from customer c where c.id = (select coalesce(merged_into, id) from customer "
                + "where id = $1) and " + visible.sql(2), visible.arguments(customer))) {
            throw new Failure.NotFound("The customer");
        }
    }

    /// @throws Failure.Forbidden for anyone but leads and admins
    public static void requireLead(Caller caller) {
        if (caller.role() == Caller.Role.AGENT) throw new Failure.Forbidden("Only leads and admins may do this");
    }
}
