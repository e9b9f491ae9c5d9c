package switchboard.ticketing.intake;

import java.util.LinkedHashMap;

/// The raw bytes of what this process stored a moment ago: the database has them, but whoever works them next need not
/// read them back. What is not here any more is read.
final class Recent {
    /// Of all that is kept; the oldest gives way.
    static final long BYTES_MAX = 16L * 1024 * 1024;

    private final LinkedHashMap<Long, byte[]> byId = new LinkedHashMap<>();
    private long bytes;

    synchronized void keep(long id, byte[] raw) {
        byId.put(id, raw);
        bytes += raw.length;
        while (bytes > BYTES_MAX) bytes -= byId.pollFirstEntry().getValue().length;
    }

    /// @return null when it is not here; what was taken is not here any more
    synchronized byte[] take(long id) {
        var raw = byId.remove(id);
        if (raw != null) bytes -= raw.length;
        return raw;
    }
}
