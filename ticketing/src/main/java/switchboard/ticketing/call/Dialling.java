package switchboard.ticketing.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.Where;
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
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> COSTLY = Set.of(PhoneNumberType.PREMIUM_RATE,
            PhoneNumberType.SHARED_COST);
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
        if (tx.exists("""
                select 1 from call where agent_id = $1 and id <> $2 and state in ('ringing-agent', 'active',
                'held')""", agent, except)) {
            throw new Failure.Conflict("in-call", "You are in another call");
        }
    }

    UUID dial(Sql tx, Where visible, UUID agent, Calls.Dial dial, String idempotencyKey) {
        var key = idempotencyKey == null ? null : agent + ":" + idempotencyKey;
        tx.query("select pg_advisory_xact_lock(hashtextextended($1, 11))", String.valueOf(agent));
        var known = tx.value(UUID.class, "select id from call where request_key = $1", key);
        if (known.isPresent()) return known.get();
        var id = Ids.next();
        checkFree(tx, agent, id);
        if (tx.value(Long.class, "select count(*) from call where agent_id = $1 and direction = 'outbound' "
                + "and started_at > now() - interval '1 hour'", agent).orElse(0L) >= PER_HOUR_MAX) {
            throw new Failure.TooMany("More than " + PER_HOUR_MAX + " calls in an hour");
        }
        var line = tx.value(String.class, """
                select number from phone_number order by number = (select our_address from ticket where id = $1) desc
                nulls last, name
                limit 1""", dial.ticketId()).orElseThrow(() -> new Failure.Conflict("no-line",
                "The company has no telephone number"));
        var number = number(tx, dial, Region.ofLine(tx, line));
        checkAllowed(tx, number);
        var customer = customer(tx, dial, number);
        var ticket = dial.ticketId() == null ? openTicket(tx, agent, customer, number, line)
                : known(tx, visible, dial.ticketId());
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

    private static String number(Sql tx, Calls.Dial dial, Region region) {
        if (dial.number() != null) {
            return switch (TypedNumber.read(dial.number(), region, null)) {
                case TypedNumber.Read(var address) -> address.value();
                case TypedNumber.Unclear unclear -> throw Failure.Invalid.field("number",
                        TypedNumber.question(unclear));
            };
        }
        return tx.value(String.class, """
                select i.value from identity i join customer c on c.id = i.customer_id
                where (c.id = $1 or c.merged_into = $1) and i.kind = 'phone' and (i.verified or i.source = 'agent')
                order by i.verified desc, i.created_at limit 1""",
                dial.customerId()).orElseThrow(() -> Failure.Invalid.field("customerId",
                "has no verified telephone number"));
    }

    /// Countries are closed unless a number of ours is there or the setting `calls` names them.
    private static void checkAllowed(Sql tx, String number) {
        var parsed = parsed(number).orElseThrow(() -> Failure.Invalid.field("number", "is no telephone number"));
        boolean ours = tx.column(String.class, "select number from phone_number limit 200").stream()
                .flatMap(own -> parsed(own).stream()).anyMatch(own -> own.getCountryCode() == parsed.getCountryCode());
        var country = Region.ofNumber(number);
        boolean named = tx.exists("""
                select 1 from setting where name = 'calls' and (value -> 'callingCodes' @> to_jsonb($1::int)
                  or value -> 'regions' @> to_jsonb($2::text))""", parsed.getCountryCode(), country.code());
        if (!ours && !named) {
            throw Failure.Invalid.field("country-closed", "number", "Calls to "
                    + name(country, parsed.getCountryCode())
                    + " are not enabled; an administrator can allow them under Settings, Company");
        }
        if (COSTLY.contains(PHONES.getNumberType(parsed))) throw Failure.Invalid.field("number", "is a premium number");
    }

    private static String name(Region country, int callingCode) {
        return country.known() ? Locale.of("", country.code()).getDisplayCountry(Locale.ENGLISH) + " (+" + callingCode
                + ")" : "+" + callingCode;
    }

    private static Optional<PhoneNumber> parsed(String number) {
        try {
            return Optional.of(PHONES.parse(number, null));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    private static Customer customer(Sql tx, Calls.Dial dial, String number) {
        var id = dial.customerId() != null ? dial.customerId() : dial.ticketId() != null
                ? tx.value(UUID.class, "select customer_id from ticket where id = $1", dial.ticketId()).orElseThrow(
                        () -> new Failure.NotFound("The ticket"))
                : Identities.resolve(tx, List.of(Sender.plain(Address.phone(number, Region.NONE), "")), List.of("en"))
                .getFirst().customerId();
        return tx.one(Customer.class, """
                select c.id, c.name, c.language from customer o join customer c on c.id = coalesce(o.merged_into, o.id)
                where o.id = $1""", id).orElseThrow(() -> new Failure.NotFound("The customer"));
    }

    private static UUID known(Sql tx, Where visible, UUID ticket) {
        return tx.value(UUID.class, "select t.id from ticket t where t.id = $1 and " + visible.sql(2),
                visible.arguments(ticket))
                .orElseThrow(() -> new Failure.NotFound("The ticket"));
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
