package switchboard.knowledgebase.article;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Pictures in articles. Anyone who knows a picture's address can see it; the address is derived from its bytes, so
/// it can't be guessed and never changes its content.
///
/// All methods need a virtual thread and open their own transaction.
public final class Pictures {
    public static final int SIZE_BYTES_MAX = 5 * 1024 * 1024;
    /// Upload limit per agent and day: 40 of the largest pictures.
    static final long DAILY_BYTES_MAX = 40L * SIZE_BYTES_MAX;
    /// Enough of a SHA-256 in hexadecimal that nobody finds two pictures with the same address.
    private static final int KEY_CHARS = 32;
    private static final String PATH = "/help/pictures/";

    private final Database database;
    private final Journal journal;

    public Pictures(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// @param url the path that readers load it from, for `![alternative text](url)` in an article
    /// @param type `image/png`, `image/jpeg`, `image/gif` or `image/webp`
    public record Picture(String url, String type, int sizeBytes) {}

    /// A picture without its bytes.
    public record Known(String key, String type, String sha256) {}

    /// The same bytes again get the same address.
    ///
    /// @throws Failure.Invalid `picture-too-large` or `picture-type`
    /// @throws Failure.TooMany when the agent has reached the daily limit
    public Picture add(byte[] bytes, Actor author) {
        if (bytes.length > SIZE_BYTES_MAX) throw tooLarge();
        var type = PictureFile.type(bytes).orElseThrow(() -> Failure.Invalid.field("picture-type", "file",
                "must be a PNG, JPEG, GIF or WebP picture of at most 10,000 pixels a side"));
        var picture = database.transaction(tx -> {
            var by = author.id().orElse(null);
            tx.query("select pg_advisory_xact_lock(hashtextextended($1, 24))", String.valueOf(by));
            if (tx.value(Long.class, "select coalesce(sum(size_bytes), 0)::bigint from article_picture where "
                    + "added_by = $1 and created_at > now() - interval '1 day'", by).orElse(0L) + bytes.length
                    > DAILY_BYTES_MAX) {
                throw new Failure.TooMany("You have added 200 MB of pictures within a day; please try again later",
                        Duration.ofHours(1));
            }
            var sha = Blobs.store(tx, List.of(bytes)).getFirst();
            var key = sha.substring(0, KEY_CHARS);
            int added = tx.execute("""
                    insert into article_picture (key, sha256, type, size_bytes, added_by) values ($1, $2, $3, $4, $5)
                    on conflict (key) do nothing""", key, sha, type, bytes.length, by);
            if (added > 0) {
                journal.append(tx, Entry.of("article.picture", author, Instant.now()).facts(Map.of("picture", key)));
            }
            return new Picture(PATH + key + "." + ending(type), type, bytes.length);
        });
        journal.committed();
        return picture;
    }

    public static Failure tooLarge() {
        return Failure.Invalid.field("picture-too-large", "file", "at most 5 MB");
    }

    /// @param name the last part of its `url`
    public Optional<Known> find(String name) {
        int dot = name.indexOf('.');
        if (dot != KEY_CHARS) return Optional.empty();
        return database.sql().one(Known.class, "select key, type, sha256 from article_picture where key = $1",
                name.substring(0, dot)).filter(it -> name.endsWith("." + ending(it.type())));
    }

    public byte[] bytes(Known picture) {
        return Blobs.load(database.sql(), picture.sha256());
    }

    private static String ending(String type) {
        return type.equals("image/jpeg") ? "jpg" : type.substring("image/".length());
    }
}
