package switchboard.ticketing.people;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// A customer known by one address is found to have another. Proven, it joins the two where the first is only
/// provisional; claimed, it becomes a suggestion for an agent to look at.
public final class Identification {
    private record Person(UUID id, boolean provisional, String raw) {}

    private Identification() {}

    /// Does nothing while nobody is known by `who`: their first message will carry what is proven.
    ///
    /// @param tx intake's transaction
    public static void apply(Sql tx, Journal journal, Address who, Address as, boolean proven, String name,
                             String source, Instant at) {
        var found = tx.one(Person.class, """
                select c.id, c.provisional, i.raw from identity i join customer o on o.id = i.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where i.kind = $1 and i.value = $2 and i.verified and not i.shared limit 1""", who.kind(), who.value());
        if (found.isEmpty()) return;
        var person = found.get();
        // A name given by the customer replaces only the one that we made up.
        var given = name.isBlank() ? as.raw() : Customers.composed(name);
        tx.execute("""
                update customer set name = $2, updated_at = now(), version = version + 1
                where id = $1 and provisional and name = $3""", person.id(), given, person.raw());
        var holder = tx.value(UUID.class, """
                select coalesce(c.merged_into, c.id) from identity i join customer c on c.id = i.customer_id
                where i.kind = $1 and i.value = $2 and i.verified and not i.shared limit 1""", as.kind(), as.value());
        if (holder.filter(person.id()::equals).isPresent()) return;
        if (!proven) {
            claim(tx, person.id(), as, holder, "claimed");
        } else if (holder.isEmpty()) {
            tx.execute("""
                    insert into identity (id, customer_id, kind, value, raw, verified, source)
                    values ($1, $2, $3, $4, $5, true, $6)
                    on conflict (brand_id, kind, value) where verified and not shared do nothing""",
                    Ids.next(), person.id(), as.kind(), as.value(), as.raw(), source);
        } else if (person.provisional()) {
            merge(tx, journal, person.id(), holder.get(), source, at);
        } else {
            claim(tx, person.id(), as, holder, "proven-elsewhere");
        }
        sign(tx, person);
        journal.append(tx, Entry.of("customer.changed", Actor.customer(person.id()), at).customer(person.id())
                .facts(Map.of("field", "identities", "source", source)));
    }

    /// What somebody wrote before they were known is theirs by name, too.
    private static void sign(Sql tx, Person person) {
        tx.execute("""
                update message m set author_name = root.name
                from customer c join customer root on root.id = coalesce(c.merged_into, c.id)
                where c.id = $1 and m.customer_id = $1 and m.author_type = 'customer' and m.author_name = $2
                  and root.name <> ''""", person.id(), person.raw());
    }

    private static void claim(Sql tx, UUID person, Address as, Optional<UUID> holder, String reason) {
        var identity = tx.value(UUID.class, """
                select id from identity where customer_id = $1 and kind = $2 and value = $3""",
                person, as.kind(), as.value()).orElseGet(() -> {
                    var id = Ids.next();
                    tx.execute("""
                            insert into identity (id, customer_id, kind, value, raw, verified, source)
                            values ($1, $2, $3, $4, $5, false, 'claim')""",
                            id, person, as.kind(), as.value(), as.raw());
                    return id;
                });
        holder.ifPresent(other -> tx.execute("""
                insert into identity_suggestion (identity_id, customer_id, reason) values ($1, $2, $3)
                on conflict do nothing""",
                identity, other, reason));
    }

    private static void merge(Sql tx, Journal journal, UUID from, UUID into, String source, Instant at) {
        tx.execute("""
                update customer set merged_into = $2,
                  merged_direct = case when id = $1 then $2 else merged_direct end,
                  updated_at = now(), version = version + 1
                where id = $1 or merged_into = $1""", from, into);
        journal.append(tx, Entry.of("customer.merged", Actor.SYSTEM, at).customer(into)
                .facts(Map.of("from", from, "source", source)));
    }
}
