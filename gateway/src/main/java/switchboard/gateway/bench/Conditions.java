package switchboard.gateway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.base.Database;

/// What figures were taken on; without it they say nothing.
final class Conditions {
    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes",
            "wal_sync_method", "server_version");

    private Conditions() {}

    /// To be asked before anything is started: `loadBefore` is what others do with the machine.
    static Map<String, Object> machine() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        var system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof OperatingSystemMXBean more) machine.put("memoryMiB", more.getTotalMemorySize() >> 20);
        machine.put("loadBefore", Math.round(system.getSystemLoadAverage() * 10) / 10.0);
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.version"));
        return machine;
    }

    /// As the server itself says.
    static Map<String, Object> durability(Database database) {
        var settings = new LinkedHashMap<String, Object>();
        for (var name : SETTINGS) {
            settings.put(name, database.sql().value(String.class, "select current_setting($1)", name).orElseThrow());
        }
        return settings;
    }
}
