package switchboard.ticketing.people;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.access.Spelling;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Customers: who they are, how they are reached, and which of them are one person. `visible` conditions speak of
/// `customer c`.
public final class Customers {
    private static final int NAME_CHARS_MAX = 200;
    private static final int NOTES_CHARS_MAX = 20_000;
    private static final int WORD_CHARS_MAX = 100;
    private static final int SEGMENTS_MAX = 100;
    private static final int ATTRIBUTES_CHARS_MAX = 20_000;
    private static final String STANDS =
            "where c.id = (select coalesce(merged_into, id) from customer where id = $1) and ";

    private final Database database;
    private final Journal journal;

    public Customers(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    public record NewIdentity(String kind, String value, Boolean verified) {}

    public record NewCustomer(String name, String company, String lifecycle, List<String> segments,
                              Map<String, Object> attributes, String language, String timezone,
                              List<NewIdentity> identities) {
        /// With the addresses that an agent typed in order to write to them: still unverified.
        public NewCustomer typed() {
            return new NewCustomer(name, company, lifecycle, segments, attributes, language, timezone,
                    identities == null ? null : identities.stream().map(one -> one.verified() != null ? one
                            : new NewIdentity(one.kind(), one.value(), false)).toList());
        }
    }

    public record Change(String name, String company, String lifecycle, List<String> segments,
                         Map<String, Object> attributes, String language, String timezone, String notes,
                         Integer version) {}

    /// @param tickets the condition on `ticket t` for tickets that the reader sees: these are counted apart from hidden
    ///     ones
    /// @throws Failure.NotFound also for a customer whom the reader may not see
    public Customer get(Where visible, Where tickets, UUID id) {
        var found = database.sql().list(Customer.class, Customer.SELECT + STANDS + visible.sql(2),
                visible.arguments(id));
        if (found.isEmpty()) throw new Failure.NotFound("The customer");
        return counted(known(visible, found), tickets).getFirst();
    }

    /// @return the id of the customer itself, or of the one it is merged into
    /// @throws Failure.NotFound also for a customer whom the reader may not see
    public UUID standing(Where visible, UUID id) {
        return database.sql().value(UUID.class, "select c.id from customer c " + STANDS + visible.sql(2),
                visible.arguments(id)).orElseThrow(() -> new Failure.NotFound("The customer"));
    }

    /// Without suggestions and merged customers that the reader may not see.
    private List<Customer> known(Where visible, List<Customer> customers) {
        var named = customers.stream().flatMap(Customer::named).distinct().toList();
        if (named.isEmpty()) return customers;
        var seen = Set.copyOf(database.sql().column(UUID.class, "select c.id from customer c where c.id = "
                + "any($1::uuid[]) and " + visible.sql(2), visible.arguments(named)));
        return customers.stream().map(one -> one.naming(seen)).toList();
    }

    private List<Customer> counted(List<Customer> customers, Where tickets) {
        record Count(UUID id, long tickets, long open, long others) {}
        var counts = new HashMap<UUID, Count>();
        database.sql().list(Count.class, """
                select coalesce(o.merged_into, o.id) as id, count(*) filter (where seen) as tickets,
                  count(*) filter (where seen and t.status <> 'solved') as open,
                  count(*) filter (where not seen and t.status <> 'solved') as others
                from ticket t join customer o on o.id = t.customer_id cross join lateral (select\s"""
                + tickets.sql(2) + """
                  as seen) s where t.merged_into is null and (o.id = any($1::uuid[]) or o.merged_into = any($1))
                group by 1""", tickets.arguments(customers.stream().map(Customer::id).toList()))
                .forEach(one -> counts.put(one.id(), one));
        return customers.stream().map(customer -> {
            var count = counts.getOrDefault(customer.id(), new Count(customer.id(), 0, 0, 0));
            return customer.counted(count.tickets(), count.open(), count.others());
        }).toList();
    }

    /// @param q every word occurs in the name, the company or an address; null for all
    /// @param suggested only customers who may be the same person as another
    public record Wanted(String q, boolean suggested) {}

    /// @param tickets the condition on `ticket t` for tickets that the reader sees
    public Page<Customer> list(Where visible, Where tickets, Wanted wanted, String after, int limit) {
        if (limit < 1 || limit > Page.LIMIT_MAX) {
            throw Failure.Invalid.field("limit", "must be from 1 to " + Page.LIMIT_MAX);
        }
        var where = visible.and("c.merged_into is null");
        if (wanted.q() != null && !wanted.q().isBlank()) where = where.and(search(wanted.q().strip()));
        if (wanted.suggested()) where = where.and(suggested(visible));
        if (after != null) where = where.and("c.id < ?", Ids.parse(after, "The page"));
        var rows = database.sql().list(Customer.class, Customer.SELECT + "where " + where.sql(2)
                + " order by c.id desc limit $1", where.arguments(limit + 1));
        return Page.of(counted(known(visible, rows), tickets), limit, Customer::id);
    }

    /// Customers with an open suggestion that names someone visible.
    private static Where suggested(Where visible) {
        return new Where("""
                c.id in (select s.customer_id from identity_suggestion s join identity i on i.id = s.identity_id
                  join customer h on h.id = i.customer_id
                  where s.state = 'open' and h.merged_into is null
                    and h.id in (select c.id from customer c where\s""" + visible.text() + "))", visible.values());
    }

    /// Every word occurs in the customer's name, company or one of the addresses; a phone number matches in any
    /// spelling.
    public static Where search(String q) {
        return Spelling.units(q).stream().map(Customers::said).reduce(Where::and).orElse(Where.NONE);
    }

    private static Where said(String unit) {
        var named = Spelling.in("c.name", unit).or(Spelling.in("c.company", unit)).or(reached(Spelling
                .in("i.value", unit).or(Spelling.in("i.raw", unit))));
        return Spelling.phone(unit).map(digits -> named.or(reached(Where.of("i.kind = 'phone' and i.value like ?",
                "%" + digits)))).orElse(named);
    }

    private static Where reached(Where identity) {
        return Where.of("c.id in (select coalesce(h.merged_into, h.id) from identity i join customer h "
                + "on h.id = i.customer_id where " + identity.text() + ")", identity.values().toArray());
    }

    private record Row(UUID id, String name, String company, String lifecycle, List<String> segments,
                       Map<String, Object> attributes, String language, String timezone, Instant createdAt,
                       Instant updatedAt) {}

    private record IdentityRow(UUID id, UUID customerId, String kind, String value, String raw, boolean verified,
                               boolean shared, String source) {}

    /// As `create(Where.ALL, ...)`.
    public UUID create(Actor actor, NewCustomer customer, String source) {
        return create(Where.ALL, actor, customer, source);
    }

    /// @param visible the customers that the actor may see
    /// @param source how the identities are known: agent, api, import; verified unless given otherwise
    /// @throws Failure.Conflict `identity-taken` when an identity is another customer's, named if the actor may see
    ///     them
    public UUID create(Where visible, Actor actor, NewCustomer customer, String source) {
        var id = database.transaction(tx -> create(tx, journal, visible, actor, customer, source));
        journal.committed();
        return id;
    }

    /// As above, within the caller's transaction; the caller calls `journal.committed()`.
    public static UUID create(Sql tx, Journal journal, Where visible, Actor actor, NewCustomer customer,
                              String source) {
        var id = Ids.next();
        var now = Instant.now();
        words(customer.company(), customer.lifecycle(), customer.language(), customer.timezone(), customer.segments());
        tx.insert("customer", List.of(new Row(id, checkedName(customer.name()), orEmpty(customer.company()),
                customer.lifecycle() == null ? "new" : customer.lifecycle(),
                customer.segments() == null ? List.of() : customer.segments(), checked(customer.attributes()),
                customer.language() == null ? "en" : customer.language(), orEmpty(customer.timezone()), now, now)));
        for (var identity : Optional.ofNullable(customer.identities()).orElse(List.of())) {
            identify(tx, visible, id, identity, source);
        }
        journal.append(tx, Entry.of("customer.created", actor, now).customer(id).facts(Map.of("reason", source)));
        return id;
    }

    private static String checkedName(String name) {
        return Label.checked("name", name, NAME_CHARS_MAX);
    }

    /// A name as it is kept: stripped, in composed letters (Unicode NFC).
    static String composed(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    }

    private static void words(String company, String lifecycle, String language, String timezone,
                              List<String> segments) {
        if (company != null) Label.line("company", company, NAME_CHARS_MAX);
        Label.length("lifecycle", lifecycle, WORD_CHARS_MAX);
        Label.length("language", language, WORD_CHARS_MAX);
        Label.length("timezone", timezone, WORD_CHARS_MAX);
        if (segments == null) return;
        if (segments.size() > SEGMENTS_MAX) {
            throw Failure.Invalid.field("segments", "are more than " + SEGMENTS_MAX);
        }
        segments.forEach(segment -> Label.length("segments", segment, WORD_CHARS_MAX));
    }

    private static Map<String, Object> checked(Map<String, Object> attributes) {
        if (attributes == null) return Map.of();
        if (Json.write(attributes).length() > ATTRIBUTES_CHARS_MAX) {
            throw Failure.Invalid.field("attributes", "are too large");
        }
        return attributes;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text.strip();
    }

    private static UUID identify(Sql tx, Where visible, UUID customer, NewIdentity identity, String source) {
        if (identity.kind() == null) throw Failure.Invalid.field("identities.kind", "is missing");
        var address = typed(tx, customer, identity);
        var id = Ids.next();
        boolean shared = tx.exists("select 1 from identity where kind = $1 and value = $2 and shared", address.kind(),
                address.value());
        var row = new IdentityRow(id, customer, address.kind(), address.value(), address.raw(),
                identity.verified() == null || identity.verified(), shared, source);
        boolean free = row.verified() || !source.equals("agent") || !taken(tx, address);
        boolean stored = free && tx.insert("identity", List.of(row), "on conflict do nothing returning id").iterator()
                .hasNext();
        if (stored) return id;
        record Owner(UUID id, String name) {}
        var owner = tx.one(Owner.class, """
                select c.id, c.name from identity i join customer o on o.id = i.customer_id
                join customer c on c.id = coalesce(o.merged_into, o.id)
                where i.kind = $1 and i.value = $2 and i.verified and not i.shared and\s""" + visible.sql(3),
                visible.arguments(address.kind(), address.value()));
        throw new Failure.Conflict("identity-taken", address.raw() + " is another customer's", owner.orElse(null));
    }

    private static boolean taken(Sql tx, Address address) {
        return tx.exists("select 1 from identity where kind = $1 and value = $2 and verified and not shared",
                address.kind(), address.value());
    }

    private static Address typed(Sql tx, UUID customer, NewIdentity identity) {
        if (identity.kind().equals(Address.PHONE) && identity.value() != null) {
            var language = tx.value(String.class, "select language from customer where id = $1", customer).orElse("");
            return switch (TypedNumber.read(identity.value(), Region.ofCompany(tx), language)) {
                case TypedNumber.Read(var address) -> address;
                case TypedNumber.Unclear unclear -> throw Failure.Invalid.field("identities.value",
                        TypedNumber.question(unclear));
            };
        }
        return Address.of(identity.kind(), identity.value()).orElseThrow(() -> Failure.Invalid.field(
                "identities.value", identity.value() + " is no " + identity.kind()));
    }

    public void addIdentity(Where visible, Actor actor, UUID customer, NewIdentity identity, String source) {
        database.run(tx -> {
            lock(tx, customer);
            identify(tx, visible, customer, identity, source);
            changed(tx, actor, customer, "identity-added");
        });
        journal.committed();
    }

    public void removeIdentity(Actor actor, UUID customer, UUID identity) {
        database.run(tx -> {
            lock(tx, customer);
            int removed = tx.execute("""
                    delete from identity where id = $1 and customer_id in (
                      select id from customer where id = $2 or merged_into = $2)""", identity, customer);
            if (removed == 0) throw new Failure.NotFound("The identity");
            changed(tx, actor, customer, "identity-removed");
        });
        journal.committed();
    }

    public record IdentityChange(Boolean shared) {}

    /// A shared address (a front desk, a family's number) tells nobody: what comes from it goes on with a running
    /// conversation, or is a new customer's with a suggestion.
    ///
    /// @throws Failure.Conflict `identity-taken` when it is to be one customer's own and is another's
    public void changeIdentity(Actor actor, UUID customer, UUID identity, IdentityChange change) {
        if (change.shared() == null) throw Failure.Invalid.field("shared", "is missing");
        database.run(tx -> {
            lock(tx, customer);
            if (!change.shared() && tx.exists("""
                    select 1 from identity i join identity o on o.kind = i.kind and o.value = i.value and o.id <> i.id
                    where i.id = $1 and i.verified and o.verified and not o.shared""", identity)) {
                throw new Failure.Conflict("identity-taken", "The address is another customer's own");
            }
            int found = tx.execute("""
                    update identity set shared = $3 where id = $1 and customer_id in (
                      select id from customer where id = $2 or merged_into = $2)""", identity, customer,
                    change.shared());
            if (found == 0) throw new Failure.NotFound("The identity");
            changed(tx, actor, customer, change.shared() ? "identity-shared" : "identity-own");
        });
        journal.committed();
    }

    private void changed(Sql tx, Actor actor, UUID customer, String what) {
        tx.execute("update customer set version = version + 1, updated_at = now() where id = $1", customer);
        journal.append(tx, Entry.of("customer.changed", actor, Instant.now()).customer(customer)
                .facts(Map.of("field", what)));
    }

    private record Locked(UUID id, int version, UUID mergedInto, boolean provisional) {}

    private static Locked lock(Sql tx, UUID customer) {
        tx.query("select 1 from customer where id = $1 for no key update", customer);
        return tx.one(Locked.class, "select id, version, merged_into, provisional from customer where id = $1",
                customer)
                .orElseThrow(() -> new Failure.NotFound("The customer"));
    }

    public void change(Actor actor, UUID id, Change change) {
        words(change.company(), change.lifecycle(), change.language(), change.timezone(), change.segments());
        Label.length("notes", change.notes(), NOTES_CHARS_MAX);
        database.run(tx -> {
            var before = lock(tx, id);
            if (change.version() != null && change.version() != before.version()) {
                throw new Failure.Conflict("stale", "The customer has been changed meanwhile");
            }
            var name = change.name() == null ? null : checkedName(change.name());
            tx.execute("""
                    update customer set name = coalesce($2, name), company = coalesce($3, company),
                      lifecycle = coalesce($4, lifecycle), segments = coalesce($5::text[], segments),
                      attributes = coalesce($6::text::jsonb, attributes), language = coalesce($7, language),
                      timezone = coalesce($8, timezone), notes = coalesce($9, notes), provisional = false
                        where id = $1""",
                    id, name, change.company(), change.lifecycle(),
                    change.segments(),
                    change.attributes() == null ? null : Json.write(checked(change.attributes())), change.language(),
                    change.timezone(), change.notes());
            changed(tx, actor, id, "profile");
        });
        journal.committed();
    }

    /// An agent says that the provisional customer who wrote from this address is this customer: a merge, so it can be
    /// undone.
    ///
    /// @throws Failure.NotFound when there is no such suggestion or its customer isn't visible
    public void confirm(Where visible, Actor actor, UUID customer, UUID identity) {
        database.run(tx -> {
            merge(tx, actor, answer(tx, visible, customer, identity, "confirmed"), customer);
            // The address is theirs from now on, unless somebody else has it verified or shares it.
            tx.execute("""
                    update identity i set verified = true where id = $1 and not exists (
                      select 1 from identity o where o.kind = i.kind and o.value = i.value
                        and (o.verified or o.shared))""", identity);
            // An agent vouched for them without proof, so later mail from the address is theirs too.
            tx.execute("""
                    update identity o set vouched_at = null from identity i
                    where i.id = $1 and o.kind = i.kind and o.value = i.value and o.vouched_at is not null""",
                    identity);
        });
        journal.committed();
    }

    public void reject(Where visible, UUID customer, UUID identity) {
        database.run(tx -> answer(tx, visible, customer, identity, "rejected"));
    }

    private static UUID answer(Sql tx, Where visible, UUID customer, UUID identity, String state) {
        var meant = tx.value(UUID.class, """
                select c.id from identity i join customer o on o.id = i.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id) where i.id = $1 and\s""" + visible.sql(2),
                visible.arguments(identity));
        int answered = meant.isEmpty() ? 0 : tx.execute("""
                update identity_suggestion set state = $3
                where identity_id = $1 and customer_id = $2 and state = 'open'""", identity, customer, state);
        if (answered == 0) throw new Failure.NotFound("The suggestion");
        return tx.value(UUID.class, "select customer_id from identity where id = $1", identity).orElseThrow();
    }

    /// Makes two customers one by a pointer; nothing is moved, so `unmerge` restores both. A withdrawn consent of
    /// either holds, because consent belongs to the address.
    public void merge(Actor actor, UUID from, UUID into) {
        database.run(tx -> merge(tx, actor, from, into));
        journal.committed();
    }

    private void merge(Sql tx, Actor actor, UUID from, UUID into) {
        if (from.equals(into)) throw new Failure.Invalid("A customer cannot be merged with itself");
        var both = new ArrayList<>(List.of(from, into));
        both.sort(null);
        both.forEach(id -> lock(tx, id));
        if (lock(tx, from).mergedInto() != null || lock(tx, into).mergedInto() != null) {
            throw new Failure.Conflict("merged-already", "One of the two is part of another customer already");
        }
        tx.execute("""
                update customer set merged_into = $2, merged_direct = case when id = $1 then $2 else merged_direct end
                where id = $1 or merged_into = $1""", from, into);
        changed(tx, actor, from, "merged");
        journal.append(tx, Entry.of("customer.merged", actor, Instant.now()).customer(into)
                .facts(Map.of("from", from)));
    }

    /// @throws Failure.NotFound when the customer to be restored isn't visible
    public void unmerge(Where visible, Actor actor, UUID id) {
        database.run(tx -> {
            var into = lock(tx, id).mergedInto();
            if (!tx.exists("select 1 from customer c where c.id = $1 and " + visible.sql(2), visible.arguments(id))) {
                throw new Failure.NotFound("The customer");
            }
            if (into == null) throw new Failure.Conflict("not-merged", "The customer is not merged");
            tx.execute("update customer set merged_into = null, merged_direct = null where id = $1", id);
            // Who had been merged into it before goes with it.
            tx.execute("""
                    with recursive part(id) as (
                      select $1::uuid union select c.id from part p join customer c on c.merged_direct = p.id)
                    update customer set merged_into = $1 where id in (select id from part) and id <> $1""", id);
            GivingBack.run(tx, id, into);
            changed(tx, actor, id, "unmerged");
            journal.append(tx, Entry.of("customer.unmerged", actor, Instant.now()).customer(into)
                    .facts(Map.of("out", id)));
        });
        journal.committed();
    }
}
