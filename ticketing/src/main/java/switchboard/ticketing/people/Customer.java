package switchboard.ticketing.people;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// A customer with every way to reach them. `suggestions`: addresses that may be theirs and wait for an agent's word.
/// `merged` lists the customers merged directly into this one; each can be separated again.
/// `ticketCount` and `openTickets` count the tickets that the reader may open, `otherOpenTickets` other teams' open
/// ones.
public record Customer(UUID id, String name, String company, String lifecycle, List<String> segments,
                       Map<String, Object> attributes, String language, String timezone, String notes,
                       boolean provisional, List<Identity> identities, List<Suggestion> suggestions,
                       List<Merged> merged, List<OptOut> optOuts, Instant createdAt, int version, long ticketCount,
                       long openTickets, long otherOpenTickets) {
    Customer counted(long tickets, long open, long others) {
        return new Customer(id, name, company, lifecycle, segments, attributes, language, timezone, notes, provisional,
                identities, suggestions, merged, optOuts, createdAt, version, tickets, open, others);
    }

    /// @param value a mail address as written, everything else in compare form
    public record Identity(UUID id, @OneOf({"email", "phone", "chat", "external"}) String kind, String value,
                           boolean verified, boolean shared, String source, Instant createdAt) {}

    /// @param customerId the provisional customer who wrote from that address
    public record Suggestion(UUID identityId, String value, UUID customerId, String customerName, String reason) {}

    /// @param address the oldest of the customer's own addresses, or null
    public record Merged(UUID id, String name, @Nullable String address) {}

    /// An address that has asked not to be written to on one of our lines.
    public record OptOut(String channel, String address, String ourAddress) {}

    /// The other customers named in `suggestions` and `merged`.
    Stream<UUID> named() {
        return Stream.concat(suggestions.stream().map(Suggestion::customerId), merged.stream().map(Merged::id));
    }

    /// Keeps only these of the customers named in `suggestions` and `merged`.
    Customer naming(Set<UUID> seen) {
        if (named().allMatch(seen::contains)) return this;
        return new Customer(id, name, company, lifecycle, segments, attributes, language, timezone, notes, provisional,
                identities, suggestions.stream().filter(one -> seen.contains(one.customerId())).toList(),
                merged.stream().filter(one -> seen.contains(one.id())).toList(), optOuts, createdAt, version,
                ticketCount, openTickets, otherOpenTickets);
    }

    static final String SELECT = """
            select c.id, c.name, c.company, c.lifecycle, c.segments, c.attributes, c.language, c.timezone, c.notes,
              c.provisional,
              coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value',
                  case when i.kind = 'email' then i.raw else i.value end,
                  'verified', i.verified, 'shared', i.shared, 'source', i.source, 'created_at', i.created_at)
                    order by i.created_at, i.id)
                from identity i join customer h on h.id = i.customer_id where h.id = c.id or h.merged_into = c.id),
                  '[]') as identities,
              coalesce((select json_agg(json_build_object('identity_id', s.identity_id, 'value', i.value,
                  'customer_id', h.id, 'customer_name', h.name, 'reason', s.reason) order by s.at)
                from identity_suggestion s join identity i on i.id = s.identity_id
                  join customer h on h.id = i.customer_id
                where s.customer_id = c.id and s.state = 'open' and h.merged_into is null), '[]') as suggestions,
              coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name, 'address',
                  (select case when i.kind = 'email' then i.raw else i.value end from identity i
                   where i.customer_id = m.id order by i.created_at, i.id limit 1)) order by m.created_at, m.id)
                from customer m where m.merged_direct = c.id), '[]') as merged,
              coalesce((select json_agg(json_build_object('channel', n.channel, 'address', n.address,
                  'our_address', n.our_address) order by n.channel, n.address, n.our_address)
                from (select distinct on (e.channel, e.address, e.our_address) e.channel, e.address, e.our_address,
                    e.allowed
                  from consent e join identity i on i.value = e.address join customer h on h.id = i.customer_id
                  where h.id = c.id or h.merged_into = c.id
                  order by e.channel, e.address, e.our_address, e.id desc) n
                where not n.allowed), '[]') as opt_outs,
              c.created_at, c.version,
              0 as ticket_count, 0 as open_tickets, 0 as other_open_tickets
            from customer c\s""";
}
