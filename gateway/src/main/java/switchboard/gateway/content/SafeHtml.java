package switchboard.gateway.content;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.ticketing.base.Database;

/// Sanitised HTML of messages, stored per message and sanitiser version, because a large mail takes seconds. Pictures
/// refer to their attachments and get a URL for each viewer.
final class SafeHtml {
    /// Shorter HTML takes milliseconds and isn't stored.
    static final int KEPT_CHARS_MIN = 20_000;
    private static final int AT_ONCE_MAX = 2;
    private static final int LOCKS = 64;
    private static final String PLACE = "/content/attachment/";
    private static final Pattern PLACES = Pattern.compile("src=\"" + PLACE + "([0-9a-f-]{36})\"");

    private record Kept(String html, String safe) {}

    private final Database database;
    private final Content.Sanitiser sanitiser;
    private final int version;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /// @param version of the sanitiser; output stored by another version isn't shown
    SafeHtml(Database database, Content.Sanitiser sanitiser, int version) {
        this.database = database;
        this.sanitiser = sanitiser;
        this.version = version;
    }

    /// @param picture maps an attachment's id to its URL for the viewer
    String of(UUID message, Function<UUID, String> picture) {
        return linked(safe(message), picture);
    }

    private String safe(UUID message) {
        var found = find(message);
        if (found.safe() != null) return found.safe();
        if (found.html().length() < KEPT_CHARS_MIN) return sanitised(message, found.html());
        var lock = locks[Math.floorMod(message.hashCode(), LOCKS)];
        lock.lock();
        try {
            var now = find(message);
            return now.safe() != null ? now.safe() : keep(message, now.html());
        } finally {
            lock.unlock();
        }
    }

    private Kept find(UUID message) {
        return database.sql().one(Kept.class, """
                select case when s.message_id is null then m.html end as html, s.html as safe
                from message m left join message_html s on s.message_id = m.id and s.version = $2
                where m.id = $1 and m.html is not null""", message, version).orElseThrow(Content::gone);
    }

    private String keep(UUID message, String html) {
        places.acquireUninterruptibly();
        try {
            var safe = sanitised(message, html);
            database.sql().execute("""
                    insert into message_html (message_id, version, html)
                    select id, $2, $3 from message where id = $1 and html is not null
                    on conflict (message_id) do update set version = excluded.version, html = excluded.html""",
                    message, version, safe);
            return safe;
        } finally {
            places.release();
        }
    }

    private String sanitised(UUID message, String html) {
        return sanitiser.document(html, contentId -> inline(message, contentId));
    }

    /// Finds the file by Content-ID in any spelling, or by name if it has none.
    private String inline(UUID message, String written) {
        return database.sql().value(UUID.class, """
                select id from attachment where message_id = $1
                  and (content_id = any($2) or lower(content_id) = lower($3) or content_id is null and name = $3)
                order by content_id = $3 desc nulls last, position limit 1""", message,
                new String[] {written, decoded(written)}, decoded(written)).map(id -> PLACE + id).orElse(null);
    }

    private static String decoded(String written) {
        try {
            var text = URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8).strip();
            return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        } catch (IllegalArgumentException plain) {
            return written;
        }
    }

    private static String linked(String safe, Function<UUID, String> picture) {
        UnaryOperator<String> source = id -> "src=\"" + picture.apply(UUID.fromString(id)) + "\"";
        return PLACES.matcher(safe).replaceAll(place -> java.util.regex.Matcher.quoteReplacement(
                source.apply(place.group(1))));
    }
}
