package switchboard.channels.email.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Uses the system's name servers. Caches answers for their time to live, and failures for a minute.
public final class CachedDns implements Resolver {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration SILENT = Duration.ofMinutes(1);
    private static final int ENTRIES_MAX = 20_000;
    private static final int SECONDS_MAX = 3600;

    private final Cache cache = new Cache(DClass.IN);
    private final org.xbill.DNS.Resolver servers;
    private final Map<String, Long> silent = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > ENTRIES_MAX;
        }
    });

    public CachedDns() {
        cache.setMaxEntries(ENTRIES_MAX);
        cache.setMaxCache(SECONDS_MAX);
        cache.setMaxNCache(SECONDS_MAX);
        var extended = new ExtendedResolver();
        extended.setTimeout(PATIENCE);
        extended.setRetries(1);
        servers = extended;
    }

    @Override
    public List<String> records(String name, Kind kind) throws Unreachable {
        var key = kind + " " + name.toLowerCase(Locale.ROOT);
        var until = silent.get(key);
        if (until != null && until - System.nanoTime() > 0) throw new Unreachable(name);
        try {
            var lookup = new Lookup(Name.fromString(name, Name.root), Type.value(kind.name()));
            lookup.setResolver(servers);
            lookup.setCache(cache);
            lookup.setHostsFileParser(null);
            var found = lookup.run();
            return switch (lookup.getResult()) {
                case Lookup.SUCCESSFUL -> texts(found);
                case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> List.of();
                default -> {
                    silent.put(key, System.nanoTime() + SILENT.toNanos());
                    throw new Unreachable(name);
                }
            };
        } catch (TextParseException noName) {
            return List.of();
        }
    }

    private static List<String> texts(Record[] records) {
        var texts = new ArrayList<String>();
        for (var record : records) {
            switch (record) {
                case ARecord a -> texts.add(a.getAddress().getHostAddress());
                case AAAARecord aaaa -> texts.add(aaaa.getAddress().getHostAddress());
                case MXRecord mx -> texts.add(mx.getTarget().toString(true));
                case PTRRecord ptr -> texts.add(ptr.getTarget().toString(true));
                case TXTRecord txt -> texts.add(String.join("", txt.getStrings()));
                default -> { }
            }
        }
        return texts;
    }
}
