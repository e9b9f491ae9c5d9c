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
                               String source) {}

    /// Another writer took an address meanwhile: everything is to be read and decided again.
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("overtaken", null, false, false);
        }
    }

    private final Sql tx;
    private final List<ImportedPerson> lines;
    private final Map<String, UUID> owners = new HashMap<>();
    private final Set<String> shared = new HashSet<>();
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
        int stored = 0;
        for (var _ : tx.insert("identity", identities.stream()
                .sorted(java.util.Comparator.comparing(one -> one.kind() + one.value())).toList(),
                "on conflict (brand_id, kind, value) where verified and not shared do nothing returning id")) stored++;
        if (stored < identities.size()) throw new Overtaken();
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
            else owners.putIfAbsent(one.key(), one.customerId());
        }
        var ids = new HashSet<>(owners.values());
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

    /// The one whose external id it is; or else the one whose address it is, unless they have another external id.
    private UUID owner(ImportedPerson line) {
        var external = line.external();
        if (external.isPresent() && owners.containsKey(external.get().key())) return owners.get(external.get().key());
        for (var reach : line.reaches()) {
            var owner = owners.get(reach.key());
            if (owner == null) continue;
            boolean another = external.isPresent()
                    && reached(owner).stream().anyMatch(key -> key.startsWith(Address.EXTERNAL + ":"));
            if (!another) return owner;
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
            var owner = owners.get(reach.key());
            if (owner != null && !owner.equals(customer)) {
                problems.add(new Problem(line.line().number(), reach.address().raw().strip()
                        + " is another customer's and stays theirs", false));
            } else if (reached(customer).add(reach.key())) {
                add(reach, customer);
                more = true;
            }
        }
        return more;
    }

    private void add(Reach reach, UUID customer) {
        var address = reach.address();
        identities.add(new NewIdentity(Ids.next(), customer, address.kind(), address.value(), address.raw().strip(),
                reach.verified() && !shared.contains(reach.key()), SOURCE));
        owners.put(reach.key(), customer);
    }

    /// @return something that the line says was not known
    private boolean change(ImportedPerson person, UUID customer) {
        var line = person.line();
        var before = people.get(customer);
        var attributes = new LinkedHashMap<>(before.attributes());
        attributes.putAll(line.attributes());
        var after = new Person(customer, or(line.name(), before.name()), or(line.company(), before.company()),
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
