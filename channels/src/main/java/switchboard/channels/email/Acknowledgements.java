package switchboard.channels.email;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.outgoing.LoopGuard;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Tailer;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;

/// Tells a customer that their mail has arrived, where a mailbox is set to do so (it is not, unless somebody sets it).
/// Nothing that a machine may have sent is answered, budgets bound the rest, and the text carries nothing of the mail.
final class Acknowledgements implements AutoCloseable {
    private static final Map<String, String> SUBJECT = Map.of("en", "We have your message", "zh-CN", "我们已收到您的来信");
    private static final Map<String, String> TEXT = Map.of(
            "en", "Thank you for writing to us. Your message has arrived and a person will answer it.\n\n"
                    + "Your request: #%d",
            "zh-CN", "感谢您的来信。我们已经收到，将由专人回复您。\n\n您的请求编号：#%d");

    private final Journal journal;
    private final Outbox outbox;
    private final Mailboxes mailboxes;
    private Tailer tailer;

    Acknowledgements(Journal journal, Outbox outbox, Mailboxes mailboxes) {
        this.journal = journal;
        this.outbox = outbox;
        this.mailboxes = mailboxes;
    }

    void start() {
        tailer = Tailer.shared(journal, "acknowledge",
                entry -> entry.kind().equals("message.received") && !acknowledging().isEmpty(),
                (tx, batch) -> batch.forEach(entry -> consider(tx, entry)));
    }

    private record Mail(UUID ticketId, long number, UUID customerId, String language, String address, String mailbox,
            String rfcId, byte[] raw) {}

    private List<String> acknowledging() {
        return mailboxes.all().stream().filter(Mailboxes.Mailbox::autoAcknowledge)
                .map(one -> one.address().toLowerCase(Locale.ROOT)).toList();
    }

    private void consider(Sql tx, Sequenced entry) {
        first(tx, entry, acknowledging()).ifPresent(mail -> answer(tx, entry, mail));
    }

    /// The mail that opened its ticket, when it came to one of these mailboxes.
    private static Optional<Mail> first(Sql tx, Sequenced entry, List<String> acknowledging) {
        var rows = tx.query("""
                select t.id, t.number, t.customer_id, t.language, m.sender,
                  coalesce(m.our_list[1], t.our_address) as our_address,
                  coalesce(m.rfc_id, '') as rfc_id, i.raw
                from message m join ticket t on t.id = m.ticket_id
                  join inbox i on i.id = m.inbox_id and i.received_at = m.inbox_at
                where m.id = $1 and m.channel = 'email' and lower(t.our_address) = any($2)
                  and not m.flags && array['dmarc-fail', 'sender-unproven']
                  and not exists (select 1 from message b where b.ticket_id = t.id and b.id < m.id)""",
                entry.messageId(), acknowledging).iterator();
        if (!rows.hasNext()) return Optional.empty();
        var row = rows.next();
        return Optional.of(new Mail(row.getUUID("id"), row.getLong("number"), row.getUUID("customer_id"),
                row.getString("language"), row.getString("sender"), row.getString("our_address"),
                row.getString("rfc_id"), row.getBuffer("raw").getBytes()));
    }

    private void answer(Sql tx, Sequenced entry, Mail mail) {
        var own = new HashSet<String>();
        mailboxes.all().forEach(one -> {
            own.add(one.address().toLowerCase(Locale.ROOT));
            one.aliases().forEach(alias -> own.add(alias.toLowerCase(Locale.ROOT)));
        });
        var verdict = new LoopGuard(budgets -> usedUp(tx, mail, budgets))
                .judge(MailDecoder.decode(mail.raw()), own, "brand");
        var facts = switch (verdict) {
            case LoopGuard.Verdict.Answer _ -> {
                send(tx, entry, mail);
                yield Map.<String, Object>of("sent", true);
            }
            case LoopGuard.Verdict.Silence silence ->
                    Map.<String, Object>of("sent", false, "reasons", words(silence.reasons()));
        };
        journal.append(tx, Entry.of("ticket.acknowledged", Actor.SYSTEM, Instant.now()).ticket(mail.ticketId())
                .customer(mail.customerId()).because(entry.seq()).facts(facts));
    }

    /// Reasons name a budget with its address; the journal keeps none.
    private static Set<String> words(List<String> reasons) {
        var words = new HashSet<String>();
        reasons.forEach(reason -> words.add(reason.startsWith("budget") ? "budget" : reason));
        return words;
    }

    private static Optional<LoopGuard.Budget> usedUp(Sql tx, Mail mail, List<LoopGuard.Budget> budgets) {
        for (var budget : budgets) {
            var column = budget.key().startsWith("address") ? "address = $1" : budget.key().startsWith("domain")
                    ? "domain = $1" : "$1 <> ''";
            var name = budget.key().startsWith("domain") ? domain(mail) : mail.address().toLowerCase(Locale.ROOT);
            long used = tx.value(Long.class, "select count(*) from auto_reply where " + column
                    + " and at > now() - make_interval(secs => $2::float8)", name, (double) budget.window().toSeconds())
                    .orElse(0L);
            if (used >= budget.limit()) return Optional.of(budget);
        }
        return Optional.empty();
    }

    private static String domain(Mail mail) {
        return mail.address().substring(mail.address().lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private void send(Sql tx, Sequenced entry, Mail mail) {
        var language = TEXT.containsKey(mail.language()) ? mail.language() : "en";
        tx.execute("insert into auto_reply (address, domain, ticket_id) values ($1, $2, $3)",
                mail.address().toLowerCase(Locale.ROOT), domain(mail), mail.ticketId());
        var rfcId = "ack-" + Ids.next().toString().replace("-", "")
                + mail.mailbox().substring(mail.mailbox().lastIndexOf('@'));
        // It is no message of the ticket's; what answers it belongs where the mail is that it answers.
        tx.execute("insert into thread_key values ('rfc', $1, $2, $3)", rfcId, entry.messageId(), mail.ticketId());
        outbox.put(tx, List.of(new Effect(EmailChannel.NAME, mail.ticketId() + ":acknowledge",
                "acknowledge:" + mail.ticketId(),
                Map.of("system", true, "to", mail.address(), "subject", SUBJECT.get(language),
                        "text", TEXT.get(language).formatted(mail.number()), "from", mail.mailbox(), "rfcId", rfcId,
                        // A name that was kept by its digest is none that a mail program knows.
                        "answers", mail.rfcId().startsWith("sha256:") ? "" : mail.rfcId()),
                null, mail.ticketId(), entry.seq(), Instant.now(), null)));
        outbox.committed();
    }

    @Override
    public void close() {
        if (tailer != null) tailer.close();
    }
}
