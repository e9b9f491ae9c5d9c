package switchboard.knowledgebase.search;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Worker;

/// Counts by day what readers looked for and did not find. Nothing says who searched. Counts are written in batches;
/// those of the last seconds may be lost in a crash.
public final class SearchLog implements AutoCloseable {
    private static final int QUERY_CHARS_MAX = 100;
    private static final int WAITING_MAX = 1_000; // a flood of different queries is not kept
    private static final int KEPT_DAYS = 180;
    private static final Duration WRITE = Duration.ofSeconds(5);

    private record Key(LocalDate day, String locale, String query) {}

    /// A row of the log. `day` is a UTC date.
    public record Count(LocalDate day, String locale, String query, int searches, int zeroResults) {}

    private final Database database;
    private final Worker writer = new Worker("search-log", WRITE, this::write);
    private final Map<Key, int[]> waiting = new HashMap<>();
    private final ReentrantLock writing = new ReentrantLock(); // who reads sees what another is just writing

    SearchLog(Database database) {
        this.database = database;
    }

    void start() {
        writer.start();
    }

    /// @param results how many were found
    public synchronized void count(String locale, String query, int results) {
        var words = query.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (words.isEmpty() || words.length() > QUERY_CHARS_MAX) return;
        var key = new Key(LocalDate.now(ZoneOffset.UTC), locale, words);
        if (waiting.size() >= WAITING_MAX && !waiting.containsKey(key)) return;
        var counts = waiting.computeIfAbsent(key, _ -> new int[2]);
        counts[0]++;
        if (results == 0) counts[1]++;
    }

    /// What was searched for in vain since then, most often first.
    public List<Count> gaps(Instant since, int limit) {
        write();
        return database.sql().list(Count.class, """
                select max(day) as day, locale, query, sum(searches)::int as searches,
                  sum(zero_results)::int as zero_results
                from article_search where day >= $1::timestamptz::date and zero_results > 0
                group by locale, query order by sum(zero_results) desc, query limit $2""", since, limit);
    }

    private synchronized List<Count> taken() {
        var rows = new ArrayList<Count>();
        waiting.forEach((key, counts) -> rows.add(new Count(key.day(), key.locale(), key.query(), counts[0],
                counts[1])));
        waiting.clear();
        return rows;
    }

    private boolean write() {
        writing.lock();
        try {
            return writeWaiting();
        } finally {
            writing.unlock();
        }
    }

    private boolean writeWaiting() {
        var rows = taken();
        if (rows.isEmpty()) return false;
        database.sql().execute("""
                insert into article_search as s (day, locale, query, searches, zero_results)
                select * from json_to_recordset($1::text::json)
                  as r (day date, locale text, query text, searches int, zero_results int)
                on conflict (day, locale, query) do update set
                  searches = s.searches + excluded.searches, zero_results = s.zero_results + excluded.zero_results""",
                Sql.rowsJson(rows));
        database.sql().execute("delete from article_search where day < now()::date - $1::int", KEPT_DAYS);
        return false;
    }

    @Override
    public void close() {
        writer.close();
        write();
    }
}
