package switchboard.ticketing.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageStatus;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.ticket.Undelivered;

/// Applies a delivery report to its message. When an answer didn't arrive, its ticket comes up again in whatever state
/// it is.
final class Reports {
    /// Mail systems give up after days. After this long, the last answer is probably a different one.
    private static final Duration ADDRESS_WINDOW = Duration.ofDays(30);
    private static final Set<String> COMES_BACK = Set.of("bounced", "failed", "undelivered");

    private Reports() {}

    /// @return the message to store, when no message of ours has that name
    static Optional<Received.Message> apply(Sql tx, Journal journal, Received.Status report) {
        var named = named(tx, report);
        if (named.isEmpty() && report.otherwise().isPresent()) return report.otherwise();
        if (named.isEmpty() && report.by().equals("provider")) {
            throw new Intake.NotYet("No message has the provider id " + report.name() + " yet");
        }
        for (var id : named) {
            boolean changed = MessageStatus.advance(tx, journal, id, report.status(), report.detail(), report.at());
            if (changed && COMES_BACK.contains(report.status())) Undelivered.comeUp(tx, journal, id);
        }
        return Optional.empty();
    }

    private static List<UUID> named(Sql tx, Received.Status report) {
        if (report.by().equals("address")) return latestTo(tx, report);
        var column = switch (report.by()) {
            case "provider" -> "m.provider_id = $1";
            case "rfc" -> "m.rfc_id = $1 and m.direction = 'outbound'";
            default -> "m.id = $1::text::uuid";
        };
        return tx.column(UUID.class, "select m.id from message m where " + column + " limit 5", report.name());
    }

    /// The last messages sent to this address.
    private static List<UUID> latestTo(Sql tx, Received.Status report) {
        return tx.column(UUID.class, """
                select id from message
                where direction = 'outbound' and channel = 'email' and to_list && $1::text[]
                  and kind <> 'cancelled' and status_rank >= $2 and at > $3
                order by at desc, id desc limit 1""",
                List.of(report.name(), Address.email(report.name()).map(Address::value).orElse(report.name())),
                (short) (int) MessageStatus.RANKS.get("sending"), Instant.now().minus(ADDRESS_WINDOW));
    }
}
