package switchboard.ticketing.reply;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Blobs;

/// Files that an agent uploads before sending: they belong to that agent until a message takes them.
public final class Attachments {
    private static final int FILES_MAX = 20;
    /// Of all files of one message: mail servers take hardly more, and a message is in memory while it is sent.
    static final long BYTES_MAX = 25L << 20;
    private static final int NAME_CHARS_MAX = 200;
    /// Upload limit per agent and day, whether sent or not.
    static final long DAILY_BYTES_MAX = 1L << 30;
    static final int DAILY_FILES_MAX = 2_000;

    private Attachments() {}

    public record Uploaded(UUID id, String name, String type, long sizeBytes) {}

    /// @throws Failure.TooMany when the agent has reached the daily limit
    public static Uploaded upload(Sql tx, UUID agent, String name, String type, byte[] bytes) {
        refuseBeyondQuota(tx, agent, bytes.length);
        var sha = Blobs.store(tx, List.of(bytes)).getFirst();
        var id = Ids.next();
        var clean = clean(name);
        tx.execute("""
                insert into attachment (id, uploaded_by, name, type, size_bytes, sha256) values ($1, $2, $3, $4, $5,
                  $6)""",
                id, agent, clean, type, (long) bytes.length, sha);
        return new Uploaded(id, clean, type, bytes.length);
    }

    private static void refuseBeyondQuota(Sql tx, UUID agent, long bytes) {
        // Serialises an agent's uploads, so that the limit holds for simultaneous ones.
        tx.query("select pg_advisory_xact_lock(hashtextextended($1, 23))", String.valueOf(agent));
        if (tx.exists("""
                select 1 from attachment where uploaded_by = $1 and created_at > now() - interval '1 day'
                having count(*) >= $2 or coalesce(sum(size_bytes), 0) + $3 > $4""", agent, DAILY_FILES_MAX, bytes,
                DAILY_BYTES_MAX)) {
            throw new Failure.TooMany("You have uploaded 1 GB or 2,000 files within a day; please try again later",
                    Duration.ofHours(1));
        }
    }

    /// A name is shown and offered for saving, never used as a path.
    static String clean(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069\\u200B]", "").strip();
        var named = last.isEmpty() ? "file" : last;
        return named.length() <= NAME_CHARS_MAX ? named : named.substring(named.length() - NAME_CHARS_MAX);
    }

    /// The files of one message on another as well; the bytes are kept once.
    static List<Outgoing.File> again(Sql tx, UUID from, UUID to) {
        var ids = tx.column(UUID.class, "select id from attachment where message_id = $1 order by position", from);
        for (var id : ids) {
            tx.execute("""
                    insert into attachment (id, message_id, position, name, type, size_bytes, content_id, inline,
                      sha256)
                    select $2, $3, position, name, type, size_bytes, content_id, inline, sha256 from attachment
                    where id = $1""", id, Ids.next(), to);
        }
        return sent(tx, to);
    }

    private static List<Outgoing.File> sent(Sql tx, UUID message) {
        return tx.list(Outgoing.File.class, "select name, type, sha256 from attachment where message_id = $1 order "
                + "by position", message);
    }

    /// @throws Failure.Invalid when a file is not this agent's or has been sent already
    static List<Outgoing.File> attach(Sql tx, UUID agent, UUID message, List<UUID> ids) {
        if (ids.isEmpty()) return List.of();
        if (ids.size() > FILES_MAX) throw Failure.Invalid.field("attachmentIds", "more than " + FILES_MAX + " files");
        int taken = tx.execute("""
                update attachment a set message_id = $1, position = x.position
                from unnest($2::uuid[]) with ordinality as x(id, position)
                where a.id = x.id and a.uploaded_by = $3 and a.message_id is null""", message, ids, agent);
        if (taken != ids.size()) {
            throw Failure.Invalid.field("attachmentIds", "a file is not there or was sent already");
        }
        if (tx.exists("select 1 from attachment where message_id = $1 having sum(size_bytes) > $2", message,
                BYTES_MAX)) {
            throw Failure.Invalid.field("attachmentIds", "are more than 25 MB together");
        }
        return sent(tx, message);
    }
}
