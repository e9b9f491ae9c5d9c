package switchboard.ticketing.call;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Sql;

/// A call as it is stored, with its row locked for the transaction that read it.
record CallRow(UUID id, String callSid, String direction, String state, UUID customerId, String number,
        String ourNumber,
               String language, UUID agentId, int leg, String agentCallSid, String conferenceSid, String queueSid,
               UUID ticketId, UUID messageId, UUID teamId, Instant startedAt, Instant enqueuedAt, Instant answeredAt,
               Instant endedAt, String outcome, String recordingSha, Instant joinedAt, int version) {

    static Optional<CallRow> lock(Sql tx, UUID id) {
        tx.query("select 1 from call where id = $1 for update", id);
        return tx.one(CallRow.class, "select * from call where id = $1", id);
    }

    static Optional<CallRow> lockBySid(Sql tx, String callSid) {
        return tx.value(UUID.class, "select id from call where call_sid = $1", callSid).flatMap(id -> lock(tx, id));
    }

    CallState at() {
        return CallState.of(state, agentId, leg);
    }

    boolean outbound() {
        return direction.equals("outbound");
    }

    CallFold.Facts facts() {
        return new CallFold.Facts(outbound(), leg, answeredAt != null, recordingSha != null);
    }

    /// Where agent and customer meet.
    String conference() {
        return "call-" + id;
    }

    String queue() {
        return teamId == null ? "everyone" : "team-" + teamId;
    }
}
