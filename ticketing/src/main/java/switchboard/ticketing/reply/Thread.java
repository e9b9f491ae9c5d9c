package switchboard.ticketing.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.Load;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Preview;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.ticket.Standing;

/// A ticket's conversation while an answer is written into it; the ticket's row is locked.
record Thread(UUID id, long number, UUID customerId, String channel, String ourAddress, UUID assigneeId, String status,
              String subject, String language) {

    /// @param ourList our addresses that it was written to, the one to answer from first
    /// @param doubtful it is probably forged
    record Inbound(String channel, String sender, List<String> replyTo, List<String> toList, List<String> ccList,
                   List<String> ourList, boolean doubtful, List<String> flags, String verdict) {
        static Inbound none(String channel) {
            return new Inbound(channel, "", List.of(), List.of(), List.of(), List.of(), false, List.of(), "");
        }

        Asked asked() {
            return new Asked(sender, replyTo, flags, verdict);
        }
    }

    static Thread lock(Sql tx, Where visible, UUID ticket) {
        tx.query("select 1 from ticket where id = $1 for no key update", ticket);
        return read(tx, visible, ticket);
    }

    static Thread read(Sql sql, Where visible, UUID ticket) {
        return sql.one(Thread.class, """
                select t.id, t.number, coalesce(o.merged_into, o.id) as customer_id, t.channel, t.our_address,
                  t.assignee_id,
                  t.status, t.subject, t.language
                from ticket t join customer o on o.id = t.customer_id
                where t.id = $1 and t.merged_into is null and\s""" + visible.sql(2), visible.arguments(ticket))
                .orElseThrow(() -> new Failure.NotFound("The ticket"));
    }

    /// The line that a draft asks for, by default the one by which the customer wrote last.
    ///
    /// @throws Failure.Invalid when nothing can be sent there
    Line line(Sql tx, Cards cards, Replies.Draft draft) {
        var last = last(tx);
        var card = cards.answering(draft.channel() == null ? last.channel() : draft.channel());
        var line = line(tx, cards, card, last);
        var region = Region.ofLine(tx, line.from());
        boolean named = draft.to() != null && !draft.to().isEmpty();
        // A sender at a short code can be answered there; a typed short code is refused.
        if (named && !draft.to().equals(line.to())) {
            line = new Line(line.channel(), line.from(), Cards.addresses(card, "to", draft.to(), region), List.of(),
                    line.elsewhere());
        }
        if (line.to().isEmpty()) throw new Failure.Invalid("The customer has no address for " + card.channel());
        return named || draft.cc() != null ? line.copiedTo(Cards.addresses(card, "cc", draft.cc(), region))
                : copied(tx, cards, card, last, line);
    }

    private Line copied(Sql sql, Cards cards, Card card, Inbound last, Line line) {
        boolean more = card.recipientsMax() > 1 && answers(cards, last.channel(), card.channel());
        return more ? line.copiedTo(Copied.of(sql, last, line, card.recipientsMax())) : line;
    }

    /// Where an answer goes by each channel that sends, unless the draft says otherwise; the channel of the customer's
    /// last message comes first.
    List<Line> lines(Sql sql, Cards cards) {
        var last = last(sql);
        return cards.sending().stream()
                .map(card -> copied(sql, cards, card, last, line(sql, cards, card, last)))
                .filter(line -> !line.to().isEmpty())
                .sorted(Comparator.comparing(line -> !answers(cards, last.channel(), line.channel()))).toList();
    }

    /// The customer's own last word. Others who take part (a supplier who answered what was forwarded) are written to
    /// only when they are named.
    private Inbound last(Sql sql) {
        return sql.one(Inbound.class, """
                select m.channel, m.sender, m.reply_to, m.to_list, m.cc_list, m.our_list,
                  m.flags && array['dmarc-fail', 'sender-unproven'] as doubtful, m.flags,
                  coalesce(m.auth->>'verdict', '') as verdict
                from message m join customer c on c.id = m.customer_id
                where m.ticket_id in (select id from ticket where id = $1 or merged_into = $1)
                  and coalesce(c.merged_into, c.id) = $2 and m.direction = 'inbound' and m.kind = 'message'
                order by m.at desc, m.inbox_id desc nulls last, m.id desc limit 1""", id, customerId)
                .orElse(Inbound.none(channel));
    }

    private static boolean answers(Cards cards, String came, String sends) {
        return cards.knows(came) && cards.answering(came).channel().equals(sends);
    }

    private Line line(Sql sql, Cards cards, Card card, Inbound last) {
        var from = from(sql, cards, card, last);
        if (!answers(cards, last.channel(), card.channel()) || last.sender().isEmpty()) {
            return new Line(card.channel(), from, known(sql, card));
        }
        var asked = last.asked();
        var elsewhere = asked.elsewhere(sql, customerId);
        boolean there = elsewhere.isEmpty() || asked.believed(sql, customerId);
        var wished = there ? last.replyTo().stream().limit(card.recipientsMax()).toList() : List.<String>of();
        return new Line(card.channel(), from, wished.isEmpty() ? List.of(last.sender()) : wished, List.of(),
                elsewhere);
    }

    private List<String> known(Sql sql, Card card) {
        return sql.column(String.class, """
                select i.value from identity i join customer c on c.id = i.customer_id
                where (c.id = $1 or c.merged_into = $1) and i.kind = $2
                  order by i.verified desc, i.created_at, i.id limit 1""", customerId, card.addressKind());
    }

    private String from(Sql sql, Cards cards, Card card, Inbound last) {
        var written = answers(cards, last.channel(), card.channel()) ? Copied.from(sql, last)
                : Optional.<String>empty();
        return written.orElseGet(() -> card.channel().equals(channel) && !ourAddress.isEmpty() ? ourAddress
                : firstLine(sql, card.channel(), ourAddress));
    }

    /// @param readers the reply's recipients
    Optional<Answered> asked(Sql sql, Cards cards, Card card, List<String> readers) {
        return Answered.of(sql, this, cards.answeredBy(card), readers);
    }

    /// Our own first line of a channel: a ticket that came another way has none of that kind.
    static String firstLine(Sql tx, String channel) {
        return firstLine(tx, channel, "");
    }

    /// @param rather taken when it is a line of that channel: who called a number is texted from it
    private static String firstLine(Sql tx, String channel, String rather) {
        return tx.value(String.class, """
                select address from (
                  select address, 'email' as channel, name from mailbox where active
                  union all select number, 'sms', name from phone_number union all select number, 'phone', name
                    from phone_number) x
                where channel = $1 order by address <> $2, name limit 1""", channel, rather).orElse("");
    }

    /// Until the customer writes, the subject is our own.
    String subject(Sql tx, Optional<Answered> asked) {
        boolean first = !tx.exists("select 1 from message where ticket_id = $1 and direction = 'inbound'", id);
        if (first) return subject;
        return Subjects.answering(asked.map(Answered::subject).filter(one -> !one.isBlank()).orElse(subject));
    }

    /// The customer has been answered and no longer waits; an unowned ticket becomes the writer's. A chat runs until it
    /// is ended; every other ticket is now pending.
    void answered(Sql tx, Journal journal, UUID agent, String usedChannel, Replies.Draft draft, UUID message) {
        var asked = draft.status();
        var to = asked != null ? asked : inChat(tx, usedChannel) ? "open" : "pending";
        if (!Set.of("open", "pending", "solved").contains(to)) {
            throw Failure.Invalid.field("thenStatus", "there is no status " + to);
        }
        tx.execute("""
                update ticket set status = $2, waiting_since = null, snoozed_until = null,
                  solved_at = case when $2 = 'solved' then now() end, queued_at = null,
                  assignee_id = coalesce(assignee_id, $3), last_at = now(), last_direction = 'outbound',
                    last_channel = $4,
                  last_preview = $5, updated_at = now(), version = version + 1 where id = $1""",
                id, to, agent, usedChannel, Preview.line(draft.text()));
        var entries = new ArrayList<>(List.of(entry("message.sent", agent).message(message)
                .facts(Map.of("channel", usedChannel, "from", status))));
        if (assigneeId == null) {
            entries.add(entry("ticket.assigned", agent).facts(Map.of("agent", agent, "by", "reply")));
        }
        if (!to.equals(status)) {
            entries.add(entry("ticket.changed", agent).facts(Map.of("field", "status", "from", status, "to", to)));
        }
        journal.append(tx, entries);
        if (!to.equals("open")) tx.execute("update agent set idle_since = now() where id = $1", agent);
    }

    private boolean inChat(Sql tx, String usedChannel) {
        return usedChannel.equals(channel)
                && tx.exists("select 1 from ticket t where t.id = $1 and " + Load.LIVE_CHAT, id);
    }

    /// As if the cancelled answer had not been written: open, with whoever waited for an answer waiting since then.
    void takenBack(Sql tx, Journal journal, UUID agent) {
        tx.execute("""
                update ticket set status = 'open', solved_at = null, updated_at = now(), version = version + 1
                where id = $1""", id);
        Standing.derive(tx, id, true);
        if (!status.equals("open")) {
            journal.append(tx, entry("ticket.changed", agent)
                    .facts(Map.of("field", "status", "from", status, "to", "open")));
        }
    }

    private Entry entry(String kind, UUID agent) {
        return Entry.of(kind, Actor.agent(agent), Instant.now()).ticket(id).customer(customerId);
    }
}
