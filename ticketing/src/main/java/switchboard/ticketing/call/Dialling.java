package switchboard.ticketing.call;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.access.Dialable;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageRow;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Identities;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.people.TypedNumber;

/// Calls that start at our end: who is called, about what, and whether that number may be dialled at all.
final class Dialling {
    /// Calls that one agent may start in an hour.
    private static final int PER_HOUR_MAX = 60;

    private final Journal journal;
    private final CallBook book;

    Dialling(Journal journal, CallBook book) {
        this.journal = journal;
        this.book = book;
    }

    private record NewCall(UUID id, String direction, String state, UUID customerId, String number, String ourNumber,
                           String language, UUID agentId, int leg, UUID ticketId, UUID messageId, Instant startedAt,
                           Instant changedAt, String requestKey, int version) {}

    private record NewTicket(UUID id, String subject, String status, String channel, String ourAddress, UUID customerId,
                             UUID assigneeId, List<String> tags, List<String> skills, String language,
                             Instant createdAt,
                             Instant updatedAt, Instant lastAt, String lastDirection, String lastChannel,
                             String lastPreview,
                             List<UUID> mentions, String priority, int version) {}

    private record Customer(UUID id, String name, String language) {}

    /// The agent must have a telephone that is not in use by another call.
    void checkFree(Sql tx, UUID agent, UUID except) {
        tx.query("select 1 from agent where id = $1 for no key update", agent);
        var phone = tx.value(String.class, "select phone from agent where id = $1", agent).orElse("");
        if (phone.isBlank()) throw new Failure.Conflict("no-phone", "Your profile has no telephone number to ring");
        try {
            Dialable.require(tx, "phone", phone);
        } catch (Failure.Invalid refused) {
            throw new Failure.Conflict("no-phone", "Your own telephone cannot be rung: " + refused.getMessage());
        }
        if (tx.exists("""
                select 1 from call where agent_id = $1 and id <> $2 and state in ('ringing-agent', 'active',
                'held')""", agent, except)) {
            throw new Failure.Conflict("in-call", "You are in another call");
        }
    }

    UUID dial(Sql tx, Calls.Seen seen, UUID agent, Calls.Dial dial, String idempotencyKey) {
        var key = idempotencyKey == null ? null : agent + ":" + idempotencyKey;
        tx.query("select pg_advisory_xact_lock(hashtextextended($1, 11))", String.valueOf(agent));
        var repeated = tx.value(UUID.class, "select id from call where request_key = $1", key);
        if (repeated.isPresent()) return repeated.get();
        var id = Ids.next();
        checkFree(tx, agent, id);
        if (tx.value(Long.class, "select count(*) from call where agent_id = $1 and direction = 'outbound' "
                + "and started_at > now() - interval '1 hour'", agent).orElse(0L) >= PER_HOUR_MAX) {
            throw new Failure.TooMany("More than " + PER_HOUR_MAX + " calls in an hour");
        }
        var known = customer(tx, seen, dial);
        var line = tx.value(String.class, """
                select number from phone_number order by number = (select our_address from ticket where id = $1) desc
                nulls last, name
                limit 1""", dial.ticketId()).orElseThrow(() -> new Failure.Conflict("no-line",
                "The company has no telephone number"));
        var number = number(tx, dial, known, Region.ofLine(tx, line));
        Dialable.require(tx, "number", number);
        var customer = known.isPresent() ? known.get() : owner(tx, seen, number);
        var ticket = dial.ticketId() == null ? openTicket(tx, agent, customer, number, line) : dial.ticketId();
        var message = Ids.next();
        var now = Instant.now();
        tx.insert("call", List.of(new NewCall(id, "outbound", "ringing-agent", customer.id(), number, line,
                customer.language(), agent,
                1, ticket, message, now, now, key, 1)));
        var call = CallRow.lock(tx, id).orElseThrow();
        card(tx, agent, call);
        book.ring(tx, call);
        journal.append(tx, CallBook.changed(call, Actor.agent(agent)));
        return id;
    }

    /// A number given with a customer must be that customer's: otherwise a stranger's words would land on their record.
    private static String number(Sql tx, Calls.Dial dial, Optional<Customer> customer, Region region) {
        if (dial.number() == null) {
            return tx.value(String.class, """
                    select i.value from identity i join customer c on c.id = i.customer_id
                    where (c.id = $1 or c.merged_into = $1) and i.kind = 'phone'
                      and (i.verified or i.source = 'agent')
                    order by i.verified desc, i.created_at limit 1""", customer.map(Customer::id).orElse(null))
                    .orElseThrow(() -> Failure.Invalid.field("customerId", "has no verified telephone number"));
        }
        var number = switch (TypedNumber.read(dial.number(), region, null)) {
            case TypedNumber.Read(var address) -> address.value();
            case TypedNumber.Unclear unclear -> throw Failure.Invalid.field("number", TypedNumber.question(unclear));
        };
        if (customer.isPresent() && !tx.exists("""
                select 1 from identity i join customer c on c.id = i.customer_id
                where (c.id = $1 or c.merged_into = $1) and i.kind = 'phone' and i.value = $2""",
                customer.get().id(), number)) {
            throw Failure.Invalid.field("number", "is not one of this customer's numbers");
        }
        return number;
    }

    /// The requested customer, by id or by ticket; empty when only a number is given.
    private static Optional<Customer> customer(Sql tx, Calls.Seen seen, Calls.Dial dial) {
        var named = Optional.ofNullable(dial.customerId()).map(id -> seen(tx, seen, id));
        if (dial.ticketId() == null) return named;
        var theirs = seen.customerOf(tx, dial.ticketId());
        if (named.isPresent() && !named.get().id().equals(theirs)) {
            throw Failure.Invalid.field("customerId", "is not the customer of this ticket");
        }
        return tx.one(Customer.class, "select id, name, language from customer where id = $1", theirs);
    }

    private static Customer seen(Sql tx, Calls.Seen seen, UUID customer) {
        return tx.one(Customer.class, "select c.id, c.name, c.language from customer c where c.id = "
                + "(select coalesce(merged_into, id) from customer where id = $1) and " + seen.customers().sql(2),
                seen.customers().arguments(customer)).orElseThrow(() -> new Failure.NotFound("The customer"));
    }

    /// The number's owner. Knowing a number doesn't open the record of a customer whom the agent may not see.
    private static Customer owner(Sql tx, Calls.Seen seen, String number) {
        var id = Identities.resolve(tx, List.of(Sender.plain(Address.phone(number, Region.NONE), "")), List.of("en"))
                .getFirst().customerId();
        try {
            return seen(tx, seen, id);
        } catch (Failure.NotFound hidden) {
            throw new Failure.Conflict("identity-taken", "The number is a customer's of another team");
        }
    }

    private UUID openTicket(Sql tx, UUID agent, Customer customer, String number, String line) {
        var id = Ids.next();
        var now = Instant.now();
        tx.insert("ticket", List.of(new NewTicket(id, "Call to " + number, "open", "phone", line, customer.id(), agent,
                List.of(),
                List.of(), customer.language(), now, now, now, "outbound", "phone", "Outgoing call", List.of(),
                "normal", 1)));
        journal.append(tx, List.of(
                Entry.of("ticket.created", Actor.agent(agent), now).ticket(id).customer(customer.id())
                .facts(Map.of("channel", "phone")),
                Entry.of("ticket.assigned", Actor.agent(agent), now).ticket(id).customer(customer.id())
                        .facts(Map.of("agent", agent, "by", "call"))));
        return id;
    }

    private void card(Sql tx, UUID agent, CallRow call) {
        var name = tx.value(String.class, "select name from agent where id = $1", agent).orElse("");
        tx.insert("message", List.of(new MessageRow(call.messageId(), call.ticketId(), call.customerId(), "phone",
                "outbound", "call",
                Instant.now(), "agent", agent, name, "", call.ourNumber(), List.of(call.number()), List.of(), List.of(),
                "Outgoing call", "Outgoing call", "", "", null, null, 0, "", null, null, "", "", List.of(), call.id(),
                null, null)));
        journal.append(tx, Entry.of("message.sent", Actor.agent(agent), Instant.now()).ticket(call.ticketId())
                .customer(call.customerId()).message(call.messageId())
                .facts(Map.of("channel", "phone", "kind", "call")));
    }
}
