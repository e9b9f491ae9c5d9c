package switchboard.ticketing.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;

/// Which customer a sender is. First hit wins, each with its reason: proven by the channel; the one customer who
/// holds the address verified and unshared; of an address that is nobody's own, the customer of a conversation that the
/// message proves to belong to and in which the address takes part (`Threads`); otherwise a new provisional customer,
/// with a suggestion when somebody may be meant. Never by name, never by an unverified claim. To attach is not to
/// authenticate.
public final class Identities {
    private Identities() {}

    /// @param isNew a provisional customer was made for this sender
    /// @param suggested another customer who may be meant, or null
    public record Resolved(UUID customerId, String name, boolean isNew, String reason, UUID suggested) {}

    private record Known(UUID id, String kind, String value, UUID customerId, String name, boolean verified,
                         boolean shared) {}

    private record NewCustomer(UUID id, String name, String language, boolean provisional, Instant createdAt,
                               Instant updatedAt, List<String> segments, Map<String, String> attributes) {}

    private record NewIdentity(UUID id, UUID customerId, String kind, String value, String raw, boolean verified,
                               String source) {}

    private record NewSuggestion(UUID identityId, UUID customerId, String reason) {}

    /// What conversations say of a sender whom the address alone does not tell. Asked in the batch's order.
    public interface Threads {
        /// Says nothing.
        Threads NONE = new Threads() {};

        /// @param known whether anybody holds the address
        default Optional<Resolved> customer(int position, boolean known) {
            return Optional.empty();
        }

        default void resolved(int position, Resolved who) {}
    }

    public static List<Resolved> resolve(Sql tx, List<Sender> senders, List<String> languages) {
        return resolve(tx, senders, languages, Threads.NONE);
    }

    /// Resolves a batch in order, inside intake's transaction; two first messages of one stranger become one customer.
    public static List<Resolved> resolve(Sql tx, List<Sender> senders, List<String> languages, Threads threads) {
        var known = known(tx, senders);
        var resolved = new ArrayList<Resolved>(senders.size());
        var customers = new LinkedHashMap<UUID, NewCustomer>();
        var identities = new ArrayList<NewIdentity>();
        var suggestions = new ArrayList<NewSuggestion>();
        for (int i = 0; i < senders.size(); i++) {
            var sender = senders.get(i);
            var owner = owner(sender, known);
            if (owner == null) owner = threads.customer(i, !holders(sender, known).isEmpty()).orElse(null);
            if (owner == null) {
                var customer = provisional(sender, languages.get(i));
                customers.put(customer.id(), customer);
                owner = introduce(sender, customer, known, identities, suggestions);
            }
            resolved.add(owner);
            threads.resolved(i, owner);
        }
        if (customers.isEmpty()) return resolved;
        return store(tx, resolved, customers, identities, suggestions);
    }

    private static Map<String, List<Known>> known(Sql tx, List<Sender> senders) {
        var addresses = senders.stream().flatMap(sender -> sender.address().stream()).distinct().toList();
        var proven = senders.stream().flatMap(sender -> sender.customer().stream()).distinct().toList();
        var found = new ArrayList<Known>();
        for (var row : tx.query("""
                select i.id, i.kind, i.value, coalesce(c.id, o.id) as customer_id, coalesce(c.name, o.name) as name,
                  i.verified, i.shared
                from identity i join customer o on o.id = i.customer_id left join customer c on c.id = o.merged_into
                where (i.kind, i.value) in (select * from unnest($1::text[], $2::text[]))
                order by i.created_at, i.id""",
                addresses.stream().map(Address::kind).toArray(String[]::new),
                addresses.stream().map(Address::value).toArray(String[]::new))) {
            found.add(new Known(row.getUUID("id"), row.getString("kind"), row.getString("value"),
                    row.getUUID("customer_id"), row.getString("name"), row.getBoolean("verified"),
                    row.getBoolean("shared")));
        }
        if (!proven.isEmpty()) {
            found.addAll(tx.list(Known.class, """
                    select o.id, 'customer' as kind, o.id::text as value, c.id as customer_id, c.name, true as verified,
                      false as shared
                    from customer o join customer c on c.id = coalesce(o.merged_into, o.id) where o.id = any($1)""",
                    proven));
        }
        return found.stream().collect(Collectors.groupingBy(one -> one.kind() + ":" + one.value(), HashMap::new,
                Collectors.toCollection(ArrayList::new)));
    }

    private static Resolved owner(Sender sender, Map<String, List<Known>> known) {
        if (sender.customer().isPresent()) {
            var proven = known.get("customer:" + sender.customer().get());
            if (proven != null) {
                return new Resolved(proven.getFirst().customerId(), proven.getFirst().name(), false, "proven", null);
            }
        }
        if (sender.address().isEmpty() || sender.trust() == Sender.Trust.DOUBTFUL) return null;
        var holders = holders(sender, known);
        if (holders.stream().anyMatch(Known::shared)) return null;
        return holders.stream().filter(Known::verified).findFirst()
                .map(one -> new Resolved(one.customerId(), one.name(), false, "verified-address", null)).orElse(null);
    }

    private static List<Known> holders(Sender sender, Map<String, List<Known>> known) {
        return sender.address().map(address -> known.getOrDefault(address.kind() + ":" + address.value(), List.of()))
                .orElse(List.of());
    }

    private static NewCustomer provisional(Sender sender, String language) {
        var name = sender.name().isBlank() ? sender.address().map(Address::raw).orElse("") : sender.name();
        var now = Instant.now();
        return new NewCustomer(Ids.next(), clip(Label.cleaned(name)), language, true, now, now, List.of(), Map.of());
    }

    private static String clip(String name) {
        return name.length() <= 200 ? name : name.substring(0, 200);
    }

    private static Resolved introduce(Sender sender, NewCustomer customer, Map<String, List<Known>> known,
                                      List<NewIdentity> identities, List<NewSuggestion> suggestions) {
        if (sender.address().isEmpty()) return new Resolved(customer.id(), customer.name(), true, "withheld", null);
        var address = sender.address().get();
        var holders = holders(sender, known);
        boolean sharedLine = holders.stream().anyMatch(Known::shared);
        boolean verified = sender.trust() != Sender.Trust.DOUBTFUL && !sharedLine;
        var identity = new NewIdentity(Ids.next(), customer.id(), address.kind(), address.value(), address.raw(),
                verified, "inbound");
        identities.add(identity);
        var reason = sender.trust() == Sender.Trust.DOUBTFUL ? "unproven-sender" : sharedLine ? "shared-line"
                : "unverified-address";
        // A shared line has had many callers of whom nothing is known; those who are known to use it may be meant.
        holders.stream().filter(one -> !sharedLine || one.shared() || one.verified()).map(Known::customerId).distinct()
                .forEach(other -> suggestions.add(new NewSuggestion(identity.id(), other, reason)));
        if (verified) {
            known.computeIfAbsent(address.kind() + ":" + address.value(), _ -> new ArrayList<>())
                    .add(new Known(identity.id(), address.kind(), address.value(), customer.id(), customer.name(), true,
                    false));
        }
        return new Resolved(customer.id(), customer.name(), true, holders.isEmpty() ? "new" : reason,
                holders.isEmpty() ? null : holders.getFirst().customerId());
    }

    private static List<Resolved> store(Sql tx, List<Resolved> resolved, Map<UUID, NewCustomer> customers,
                                        List<NewIdentity> identities, List<NewSuggestion> suggestions) {
        tx.insert("customer", customers.values());
        // In one order everywhere, so that two lanes that meet the same strangers do not wait for each other in a
        // circle.
        var sorted = identities.stream().sorted(java.util.Comparator.comparing(one -> one.kind() + one.value()))
                .toList();
        var kept = new java.util.HashSet<UUID>();
        for (var row : tx.insert("identity", sorted,
                "on conflict (brand_id, kind, value) where verified and not shared "
                + "do nothing returning id")) {
            kept.add(row.getUUID(0));
        }
        tx.insert("identity_suggestion", suggestions.stream().filter(one -> kept.contains(one.identityId())).toList(),
                "on conflict do nothing");
        var lost = identities.stream().filter(one -> !kept.contains(one.id())).toList();
        return lost.isEmpty() ? resolved : giveWay(tx, resolved, lost);
    }

    /// Another lane met the same stranger a moment before and has committed: its customer stays, ours goes.
    private static List<Resolved> giveWay(Sql tx, List<Resolved> resolved, List<NewIdentity> lost) {
        record Winner(String kind, String value, UUID customerId, String name) {}
        var winners = tx.list(Winner.class, """
                select i.kind, i.value, c.id as customer_id, c.name
                from identity i join customer o on o.id = i.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where i.verified and not i.shared and (i.kind, i.value) in (select *
                  from unnest($1::text[], $2::text[]))""",
                lost.stream().map(NewIdentity::kind).toArray(String[]::new),
                lost.stream().map(NewIdentity::value).toArray(String[]::new));
        var replacement = new HashMap<UUID, Resolved>();
        for (var mine : lost) {
            winners.stream().filter(one -> one.kind().equals(mine.kind()) && one.value().equals(mine.value()))
                    .findFirst()
                    .ifPresent(one -> replacement.put(mine.customerId(),
                            new Resolved(one.customerId(), one.name(), false, "verified-address", null)));
        }
        tx.execute("delete from customer where id = any($1)", replacement.keySet());
        return resolved.stream().map(one -> replacement.getOrDefault(one.customerId(), one)).toList();
    }
}
