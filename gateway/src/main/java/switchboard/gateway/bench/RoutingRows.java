package switchboard.gateway.bench;

import java.util.List;
import switchboard.gateway.bench.Written.Rows;
import switchboard.gateway.bench.Written.Stage;

/// What the matcher wrote for the tickets that are open: each decision with its candidates, the ticket's and the
/// agent's row, the journal entry and its place in `pending`. Agents and waiting tickets are there before. A batch is
/// what one transaction wrote: decisions of the same instant. The order of the journal is the sequencer's, by another
/// connection and not waited for, and is left out.
final class RoutingRows {
    static final String WHAT = "the very rows and batches by PostgreSQL alone: INSERT and UPDATE, 1 connection";
    private static final int CONNECTIONS = 1; // the matcher decides in one transaction after another
    private static final List<String> PLAN = List.of("""
            create table replay.plan as
            select d.id as decision_id, d.ticket_id, d.agent_id, dense_rank() over (order by d.at)::int as batch
            from routing_decision d join ticket t on t.id = d.ticket_id
            where d.outcome = 'assigned' and t.status = 'open' and t.assignee_id = d.agent_id""",
            "create index on replay.plan (batch)", "create index on replay.plan (ticket_id)");
    private static final List<Rows> STANDING = List.of(
            new Rows("ticket", "select * from ticket where id in (select ticket_id from replay.plan)",
                    List.of("update replay.ticket set assignee_id = null, version = version - 1")));
    private static final List<Rows> MADE = List.of(
            Rows.of("journal", "replay.plan p on p.ticket_id = x.ticket_id and x.kind = 'ticket.assigned'"),
            new Rows("journal_pending", "select id, recorded_at, batch from replay.journal"),
            Rows.of("routing_decision", "replay.plan p on p.decision_id = x.id"));
    private static final List<String> CHANGES = List.of("""
            update ceiling.ticket x set assignee_id = p.agent_id, version = x.version + 1, updated_at = now()
            from replay.plan p where p.batch = $1 and x.id = p.ticket_id""", """
            update ceiling.agent x set idle_since = now()
            where x.id in (select agent_id from replay.plan where batch = $1)""");

    static final Written WRITTEN = new Written(
            List.of("agent", "ticket", "journal", "journal_pending", "routing_decision"), CONNECTIONS, PLAN, STANDING,
            List.of(new Stage(MADE, CHANGES, "")), List.of());

    private RoutingRows() {}
}
