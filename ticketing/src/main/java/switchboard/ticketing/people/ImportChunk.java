package switchboard.ticketing.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.CustomerImport.Outcome;
import switchboard.ticketing.people.CustomerImport.Problem;
import switchboard.ticketing.people.ImportedPerson.Reach;

/// One transaction of an import: who is known already is read at once, each line is decided, and everything is written
/// by a statement a table. What an earlier line of the chunk made is known to the later ones.
final class ImportChunk {
    private static final String SOURCE = "import";

    /// A customer as stored, or as this chunk leaves them.
    private record Person(UUID id, String name, String company, String lifecycle, List<String> segments,
                          Map<String, Object> attributes, String language, String timezone, boolean provisional) {}

    private record Held(String kind, String value, UUID customerId, boolean verified, boolean shared) {
        String key() {
            return kind + ":" + value;
        }
    }

    private record NewPerson(UUID id, String name, String company, String lifecycle, List<String> segments,
                             Map<String, Object> attributes, String language, String timezone, Instant createdAt,
                             Instant updatedAt) {}

    private record NewIdentity(UUID id, UUID customerId, String kind, String value, String raw, boolean verified,
                               boolean shared, String source) {
        String key() {
            return kind + ":" + value;
        }
    }

    private record Pair(UUID identityId, UUID customerId, String reason) {}

    /// Another writer took an address meanwhile: everything is to be read and decided again.
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("overtaken", null, false, false);
        }
    }

    private final Sql tx;
    private final List<ImportedPerson> lines;
    /// The customers that hold an address; one for an unshared address.
    private final Map<String, Set<UUID>> holders = new HashMap<>();
    private final Set<String> shared = new HashSet<>();
    /// Addresses that this chunk made shared.
    private final Set<String> nowShared = new HashSet<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<UUID, Set<String>> reachedBy = new HashMap<>();
    private final Map<UUID, Person> people = new HashMap<>();
    private final Map<UUID, NewPerson> created = new LinkedHashMap<>();
    private final Set<UUID> changed = new HashSet<>();
    private final List<NewIdentity> identities = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int same;
    private int updated;

    ImportChunk(Sql tx, List<ImportedPerson> lines) {
        this.tx = tx;
        this.lines = lines;
    }

    Outcome write(Journal journal) {
        load();
        lines.forEach(this::decide);
        tx.insert("customer", created.values());
        update();
        share();
        int stored = 0;
        for (var _ : tx.insert("identity", identities.stream().map(this::asItIsNow)
                .sorted(java.util.Comparator.comparing(one -> one.kind() + one.value())).toList(),
                "on conflict (brand_id, kind, value) where verified and not shared do nothing returning id")) stored++;
        if (stored < identities.size()) throw new Overtaken();
        tx.insert("identity_suggestion", pairs, "on conflict do nothing");
        journal.append(tx, entries());
        return new Outcome(created.size(), updated, same, problems);
    }

    private void load() {
        var kinds = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (var line : lines) {
            for (var reach : line.reaches()) {
                kinds.add(reach.address().kind());
                values.add(reach.address().value());
            }
        }
        // An unverified address proves nothing, unless it was an import like this one that wrote it.
        var held = tx.list(Held.class, """
                select i.kind, i.value, c.id as customer_id, i.verified, i.shared
                from identity i join customer o on o.id = i.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where (i.kind, i.value) in (select * from unnest($1::text[], $2::text[]))
                  and (i.verified or i.shared or i.source = 'import')
                order by i.verified desc, i.id""", kinds.toArray(String[]::new), values.toArray(String[]::new));
        for (var one : held) {
            if (one.shared()) shared.add(one.key());
            holders(one.key()).add(one.customerId());
        }
        var ids = new HashSet<UUID>();
        holders.values().forEach(ids::addAll);
        if (ids.isEmpty()) return;
        tx.query("select 1 from customer where id = any($1) order by id for no key update", ids);
        for (var one : tx.list(Person.class, """
                select id, name, company, lifecycle, segments, attributes, language, timezone, provisional
                from customer where id = any($1)""", ids)) people.put(one.id(), one);
        for (var one : tx.list(Held.class, """
                select i.kind, i.value, c.id as customer_id, i.verified, i.shared
                from identity i join customer o on o.id = i.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where i.customer_id in (select id from customer where id = any($1) or merged_into = any($1))""", ids)) {
            reached(one.customerId()).add(one.key());
        }
    }

    private Set<String> reached(UUID customer) {
        return reachedBy.computeIfAbsent(customer, _ -> new HashSet<>());
    }

    private void decide(ImportedPerson line) {
        var customer = owner(line);
        boolean isNew = customer == null;
        if (isNew) customer = create(line);
        boolean more = identify(line, customer);
        if (isNew) return;
        boolean differs = change(line, customer);
        if (more || differs) updated++;
        else same++;
    }

    private Set<UUID> holders(String key) {
        return holders.computeIfAbsent(key, _ -> new java.util.LinkedHashSet<>());
    }

    /// The customer with this external id, else the one with this address, unless the name or a different external id
    /// says that it is another person.
    private UUID owner(ImportedPerson line) {
        var external = line.external();
        if (external.isPresent() && !holders(external.get().key()).isEmpty()) {
            return holders(external.get().key()).iterator().next();
        }
        for (var reach : line.reaches()) {
            for (var holder : holders(reach.key())) {
                boolean another = external.isPresent()
                        && reached(holder).stream().anyMatch(key -> key.startsWith(Address.EXTERNAL + ":"));
                boolean known = !shared.contains(reach.key()) || !or(line.line().name(), "").isEmpty();
                if (!another && known && Names.maybeOne(line.line().name(), people.get(holder).name())) return holder;
            }
        }
        return null;
    }

    private UUID create(ImportedPerson person) {
        var line = person.line();
        var now = Instant.now();
        var id = Ids.next();
        var segments = line.segments() == null ? List.<String>of() : line.segments();
        created.put(id, new NewPerson(id, person.name(), or(line.company(), ""), or(line.lifecycle(), "new"), segments,
                line.attributes(), or(line.language(), "en"), or(line.timezone(), ""), now, now));
        people.put(id, new Person(id, person.name(), or(line.company(), ""), or(line.lifecycle(), "new"), segments,
                line.attributes(), or(line.language(), "en"), or(line.timezone(), ""), false));
        return id;
    }

    private static String or(String said, String known) {
        return said == null || said.isBlank() ? known : said.strip();
    }

    /// @return the customer has an address more than before
    private boolean identify(ImportedPerson line, UUID customer) {
        boolean more = false;
        for (var reach : line.reaches()) {
            if (!reached(customer).add(reach.key())) continue;
            var others = List.copyOf(holders(reach.key()));
            var identity = add(reach, customer);
            more = true;
            if (others.isEmpty()) continue;
            if (shared.add(reach.key())) nowShared.add(reach.key());
            others.forEach(other -> pairs.add(new Pair(identity, other, "shared-line")));
            problems.add(new Problem(line.line().number(), reach.address().raw().strip() + " is also "
                    + people.get(others.getFirst()).name() + "'s: both have it, marked as shared", false));
        }
        return more;
    }

    private UUID add(Reach reach, UUID customer) {
        var address = reach.address();
        var id = Ids.next();
        identities.add(new NewIdentity(id, customer, address.kind(), address.value(), address.raw().strip(),
                reach.verified(), false, SOURCE));
        holders(reach.key()).add(customer);
        return id;
    }

    /// Whether an address is shared is known only once all lines of the chunk are.
    private NewIdentity asItIsNow(NewIdentity one) {
        return new NewIdentity(one.id(), one.customerId(), one.kind(), one.value(), one.raw(), one.verified(),
                shared.contains(one.key()), one.source());
    }

    private void share() {
        if (nowShared.isEmpty()) return;
        var keys = List.copyOf(nowShared);
        tx.execute("""
                update identity set shared = true
                where (kind, value) in (select * from unnest($1::text[], $2::text[]))""",
                keys.stream().map(key -> key.split(":", 2)[0]).toArray(String[]::new),
                keys.stream().map(key -> key.split(":", 2)[1]).toArray(String[]::new));
    }

    /// @return something that the line says was not known
    private boolean change(ImportedPerson person, UUID customer) {
        var line = person.line();
        var before = people.get(customer);
        var attributes = new LinkedHashMap<>(before.attributes());
        attributes.putAll(line.attributes());
        boolean shorter = person.external().isEmpty() && Names.isPart(line.name(), before.name());
        var after = new Person(customer, shorter ? before.name() : or(line.name(), before.name()),
                or(line.company(), before.company()),
                or(line.lifecycle(), before.lifecycle()),
                line.segments() == null ? before.segments() : line.segments(), attributes,
                or(line.language(), before.language()), or(line.timezone(), before.timezone()), false);
        if (after.equals(before)) return false;
        people.put(customer, after);
        changed.add(customer);
        return true;
    }

    /// Customers who were there before and are not any more as they were.
    private Set<UUID> touched() {
        var touched = new TreeSet<>(changed);
        identities.stream().map(NewIdentity::customerId).forEach(touched::add);
        touched.removeAll(created.keySet());
        return touched;
    }

    private void update() {
        var rows = new TreeSet<>(changed);
        rows.addAll(touched());
        if (rows.isEmpty()) return;
        tx.execute("""
                update customer c set name = r.name, company = r.company, lifecycle = r.lifecycle,
                  segments = r.segments, attributes = r.attributes, language = r.language, timezone = r.timezone,
                  provisional = false, updated_at = now(), version = c.version + 1
                from json_to_recordset($1::text::json) as r(id uuid, name text, company text, lifecycle text,
                  segments text[], attributes jsonb, language text, timezone text)
                where c.id = r.id""", Sql.rowsJson(rows.stream().map(people::get).toList()));
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        var now = Instant.now();
        created.keySet().forEach(id -> entries.add(Entry.of("customer.created", Actor.SYSTEM, now).customer(id)
                .facts(Map.of("reason", SOURCE))));
        touched().forEach(id -> entries.add(Entry.of("customer.changed", Actor.SYSTEM, now).customer(id)
                .facts(Map.of("field", SOURCE))));
        return entries;
    }
}
