package switchboard.channels.email.proof;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a domain's owner asks of recipients of mail in its name (RFC 7489 section 6.3).
///
/// @param policy none, quarantine or reject; empty without a record
/// @param strictDkim only a signature by the exact domain counts, not one by a subdomain or parent
record Dmarc(String policy, boolean strictDkim, boolean strictSpf) {
    private static final Dmarc NO_RECORD = new Dmarc("", false, false);

    static Dmarc of(String domain, Resolver resolver) throws Resolver.Unreachable {
        var own = record(domain, resolver);
        var organisation = Domains.organisation(domain);
        if (own.isPresent() || organisation.equals(domain)) {
            return own.map(tags -> read(tags, tags.getOrDefault("p", ""))).orElse(NO_RECORD);
        }
        return record(organisation, resolver)
                .map(tags -> read(tags, tags.getOrDefault("sp", tags.getOrDefault("p", "")))).orElse(NO_RECORD);
    }

    boolean refuses() {
        return policy.equals("quarantine") || policy.equals("reject");
    }

    private static Dmarc read(Map<String, String> tags, String policy) {
        return new Dmarc(policy, tags.getOrDefault("adkim", "r").equals("s"),
                tags.getOrDefault("aspf", "r").equals("s"));
    }

    /// Two records count as none (section 6.6.3).
    private static Optional<Map<String, String>> record(String domain, Resolver resolver)
            throws Resolver.Unreachable {
        var records = resolver.records("_dmarc." + domain, Resolver.Kind.TXT).stream()
                .map(String::strip).filter(text -> text.matches("(?is)v\\s*=\\s*DMARC1\\s*(;.*)?")).toList();
        return records.size() == 1 ? Optional.of(tags(records.getFirst())) : Optional.empty();
    }

    private static Map<String, String> tags(String record) {
        var tags = new HashMap<String, String>();
        for (var part : record.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
            }
        }
        return tags;
    }
}
