package switchboard.ticketing.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageStatus;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.ticket.Undelivered;

/// Writes down how an attempt to deliver ended, on the outbox row and on the message that it carries, in one
/// transaction.
public final class Deliveries {
    /// Greylisting asks for a few minutes; after that the row's own back-off holds.
    private static final Duration DEFERRED = Duration.ofMinutes(2);

    /// A customer who opted out isn't waiting for an answer.
    private static final Set<String> OPTED_OUT = Set.of("opted-out", "21610");

    private final Database database;
    private final Journal journal;
    private final Outbox outbox;

    public Deliveries(Database database, Journal journal, Outbox outbox) {
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
    }

    public void record(Outbox.Leased row, Delivery attempt) {
        database.run(tx -> {
            var delivery = Outbox.settled(tx, row, attempt);
            if (!outbox.record(tx, row, delivery)) return;
            if (row.messageId() != null) message(tx, row, delivery);
            Failpoint.pass("outbox.before-mark");
        });
        Failpoint.pass("outbox.marked");
        journal.committed();
    }

    private void message(Sql tx, Outbox.Leased row, Delivery delivery) {
        switch (delivery) {
            case Delivery.Accepted accepted -> accepted(tx, row, accepted.providerId(), accepted.status());
            case Delivery.Partly partly -> partly(tx, row, partly);
            case Delivery.Refused refused -> refused(tx, row, Recipients.of(row).all(), refused.reason(),
                    refused.code());
            case Delivery.Unknown unknown -> advance(tx, row.messageId(), "uncertain", unknown.reason());
            case Delivery.RetryLater later -> tx.execute("""
                    update message set status_detail = $2 where id = $1 and status_rank < 3""",
                    row.messageId(), later.reason());
        }
    }

    private void accepted(Sql tx, Outbox.Leased row, String providerId, String status) {
        tx.execute("update message set provider_id = coalesce($2, provider_id) where id = $1", row.messageId(),
                providerId);
        advance(tx, row.messageId(), status, "");
    }

    /// Those who were put off get the same message later, in a lane of their own: nobody waits for them.
    private void partly(Sql tx, Outbox.Leased row, Delivery.Partly partly) {
        accepted(tx, row, partly.providerId(), partly.status());
        var refused = partly.refused();
        if (!refused.isEmpty()) {
            var words = refused.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining("; "));
            refused(tx, row, refused.keySet(), words, "refused");
        }
        if (partly.deferred().isEmpty()) return;
        outbox.follow(tx, new Effect(row.channel(), row.lane() + ":deferred:" + row.messageId(),
                row.idempotencyKey() + ":deferred", Recipients.of(row).rest(partly), row.messageId(), row.ticketId(),
                null, Instant.now().plus(DEFERRED), null));
    }

    /// A message has failed when all of its addressees have refused it; otherwise it has left, and says for whom not.
    private void refused(Sql tx, Outbox.Leased row, Collection<String> who, String words, String code) {
        if (Recipients.of(row).nobodyLeft(who)) {
            advance(tx, row.messageId(), "failed", words);
            if (!OPTED_OUT.contains(code)) Undelivered.comeUp(tx, journal, row.messageId());
        } else {
            tx.execute("""
                    update message set status_detail = concat_ws('; ', nullif(status_detail, ''), $2::text)
                    where id = $1""", row.messageId(), words);
        }
        troubled(tx, row, code);
    }

    private void advance(Sql tx, UUID message, String status, String detail) {
        MessageStatus.advance(tx, journal, message, status, detail, Instant.now());
    }

    private void troubled(Sql tx, Outbox.Leased row, String code) {
        journal.append(tx, Entry.of("delivery.failed", Actor.SYSTEM, Instant.now()).ticket(row.ticketId())
                .message(row.messageId()).facts(java.util.Map.of("channel", row.channel(), "code", code)));
    }

    /// Somebody wants it sent again: the row is due at once, and its message waits as if it had just been written.
    ///
    /// @return false when there is nothing to send: it has left, was taken back, or its deadline has passed
    public boolean retry(long id) {
        boolean found = database.transaction(tx -> {
            if (!outbox.retry(tx, id)) return false;
            tx.column(UUID.class, "select message_id from outbox where id = $1 and message_id is not null", id)
                    .forEach(message -> MessageStatus.again(tx, journal, message, Instant.now()));
            return true;
        });
        journal.committed();
        outbox.committed();
        return found;
    }

    /// Rows past their deadline: dropped, said on the message, journalled.
    public boolean expire() {
        var expired = database.transaction(tx -> {
            var rows = outbox.expire(tx);
            for (var row : rows) {
                if (row.messageId() != null) advance(tx, row.messageId(), "failed", "too late to send");
                journal.append(tx, Entry.of("delivery.expired", Actor.SYSTEM, Instant.now()).ticket(row.ticketId())
                        .message(row.messageId()).facts(java.util.Map.of("channel", row.channel())));
            }
            return rows;
        });
        if (!expired.isEmpty()) journal.committed();
        return !expired.isEmpty();
    }
}
