package switchboard.ticketing.postgres;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a backup's file looks like: a ZIP archive of `head.json`, then one `rows/<table>` for each table in
/// PostgreSQL's binary COPY format, then `end.json`. A file that is cut off has no archive's end; one that was changed
/// has other digests. `postgres.md` describes it for those who read it without this program.
final class BackupFormat {
    static final String FORMAT = "switchboard-backup";
    /// Raised when a reader of the older version could not read the newer file.
    static final int VERSION = 1;
    static final String HEAD = "head.json";
    static final String END = "end.json";
    static final String ROWS = "rows/";

    private BackupFormat() {}

    /// @param migrations the versions that had made the tables, all of them
    /// @param oldest the oldest month (`yyyymm`) of each table that is partitioned by month
    record Head(String format, int version, Instant at, String server, List<String> migrations, List<Table> tables,
                Map<String, String> oldest) {}

    record Table(String name, List<String> columns) {}

    /// @param head SHA-256 of `head.json`
    record End(String head, Map<String, Content> tables, Map<String, Position> sequences) {}

    record Content(long rows, long bytes, String sha256) {}

    /// @param used whether `last` has been handed out
    record Position(long last, boolean used) {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
