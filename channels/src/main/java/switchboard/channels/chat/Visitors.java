package switchboard.channels.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// Who may speak as whom. An anonymous visitor is opened by a random token kept in the widget; a signed one by the
/// host's signature, and for reconnecting by a ticket of ours that the widget keeps in memory.
final class Visitors {
    /// A message so long after its ticket was solved begins another conversation.
    static final Duration CONVERSATION_ENDS_AFTER = Duration.ofHours(12);
    private static final Duration RESUME_LASTS = Duration.ofHours(12);
    private static final String RESUME = "chat-resume";
    private static final int SIGNATURE_BYTES = 32;
    private static final String COLUMNS =
            "id, subject, name, email, verified_by, contact, contact_name, conversation, conversation_at, language";

    /// The conversation of visitor `v` has ended, `$2` seconds or more ago when its ticket was solved.
    private static final String OVER = """
            (v.conversation_at is not null and exists (
              select 1 from thread_key k join ticket n on n.id = k.ticket_id
                join ticket t on t.id = coalesce(n.merged_into, n.id)
              where k.kind = 'chat-conversation' and k.key = v.conversation::text
                and (t.chat_ended_at is not null
                  or t.status = 'solved' and t.solved_at < now() - make_interval(secs => $2::float8))))""";

    /// @param token to be kept by the widget; null when it has the right one already
    record Opened(Visitor visitor, String token) {}

    private final Database database;
    private final Signer signer;

    Visitors(Database database, Signer signer) {
        this.database = database;
        this.signer = signer;
    }

    /// @return empty when the token opens nothing: unknown, run out, or of somebody who has been signed since
    ///
    /// @param secret the widget's identity secret; changing it ends the tickets of signed visitors
    Optional<Visitor> byToken(String token, Optional<String> secret) {
        if (token.startsWith("r2.")) return secret.flatMap(signs -> byResume(token, signs));
        return one("update chat_visitor set seen_at = now() where token_hash = $1 and claimed_by is null",
                Signer.digest(token));
    }

    private Optional<Visitor> byResume(String token, String secret) {
        var parts = token.split("\\.", -1);
        boolean ours = parts.length == 4
                && signer.verify(RESUME, bound(parts[1] + "." + parts[2], secret), SIGNATURE_BYTES,
                        parts[3]);
        if (!ours) return Optional.empty();
        if (Instant.ofEpochSecond(Long.parseLong(parts[2])).isBefore(Instant.now())) return Optional.empty();
        return byId(UUID.fromString(parts[1]));
    }

    Optional<Visitor> byId(UUID id) {
        return one("update chat_visitor set seen_at = now() where id = $1", id);
    }

    private Optional<Visitor> one(String update, Object... args) {
        return database.sql().changed(Visitor.class, "with x as (" + update + " returning " + COLUMNS
                + ") select row_to_json(x)::text from x", args).stream().findFirst();
    }

    Opened create(String language) {
        var token = Ids.secret();
        var id = Ids.next();
        database.sql().execute("""
                insert into chat_visitor (id, token_hash, conversation, language) values ($1, $2, $3, $4)""",
                id, Signer.digest(token), Ids.next(), language);
        return new Opened(byId(id).orElseThrow(), token);
    }

    /// The visitor of a signed person. What the same window wrote before, anonymously, becomes theirs, and the
    /// window's old token is worth nothing from then on.
    ///
    /// @return empty when the signature was used before
    Optional<Opened> signed(WidgetSettings settings, SignedVisitor who, Optional<Visitor> before, String language) {
        var widget = settings.key();
        if (!firstUse(widget, who)) return Optional.empty();
        var id = database.transaction(tx -> {
            var mine = tx.value(UUID.class, """
                    insert into chat_visitor (id, subject, name, email, verified_by, conversation, language)
                    values ($1, $2, $3, $4, 'jwt', $5, $6)
                    on conflict (brand_id, subject) where subject is not null do update
                    set name = excluded.name, email = coalesce(excluded.email, chat_visitor.email), seen_at = now()
                    returning id""", Ids.next(), widget + " " + who.subject(), who.name(),
                    who.email().map(address -> address.value()), Ids.next(), language).orElseThrow();
            before.filter(old -> !old.signed()).ifPresent(old -> claim(tx, old, mine));
            return mine;
        });
        return Optional.of(new Opened(byId(id).orElseThrow(), resume(id, settings.secret(signer).orElseThrow())));
    }

    /// A signature with an id (`jti`) is valid once. Expired ids are deleted.
    private boolean firstUse(String widget, SignedVisitor who) {
        if (who.signature().isEmpty()) return true;
        database.sql().execute("delete from chat_signature_used where expires_at < now()");
        return database.sql().execute("""
                insert into chat_signature_used (digest, expires_at) values ($1, $2) on conflict do nothing""",
                Signer.digest(widget + " " + who.signature()), who.expires()) == 1;
    }

    private static void claim(Sql tx, Visitor old, UUID mine) {
        // Somebody who proved another address by code is not taken for the signed person unasked.
        if (old.verifiedBy() != null) return;
        boolean claimed = tx.execute("update chat_visitor set claimed_by = $2 where id = $1 and claimed_by is null",
                old.id(), mine) == 1;
        if (!claimed || old.conversationAt() == null) return;
        tx.execute("""
                update chat_visitor set conversation = $2, conversation_at = $3
                where id = $1 and conversation_at is null""", mine, old.conversation(), old.conversationAt());
    }

    private static String bound(String text, String secret) {
        return text + "." + Signer.digest(secret);
    }

    private String resume(UUID id, String secret) {
        var text = id + "." + Instant.now().plus(RESUME_LASTS).getEpochSecond();
        return "r2." + text + "." + signer.sign(RESUME, bound(text, secret), SIGNATURE_BYTES);
    }

    /// The visitor as of now, in the conversation that the next message belongs to. Nothing is written unless the last
    /// conversation is over: this stands before each message.
    ///
    /// @return `conversationAt` is null when that message is the conversation's first
    Visitor conversing(UUID id) {
        double seconds = CONVERSATION_ENDS_AFTER.toSeconds();
        return database.sql().one(Visitor.class, "select " + COLUMNS + " from chat_visitor v where id = $1 and not "
                + OVER, id, seconds)
                .or(() -> one("update chat_visitor v set conversation = gen_random_uuid(), conversation_at = null"
                        + " where id = $1 and " + OVER, id, seconds))
                // Another window was quicker.
                .orElseGet(() -> byId(id).orElseThrow());
    }

    void begun(Visitor visitor) {
        database.sql().execute("update chat_visitor set conversation_at = now() where id = $1 and conversation = $2 "
                + "and conversation_at is null", visitor.id(), visitor.conversation());
    }

    Visitor contact(Visitor visitor, String email, String name) {
        return one("update chat_visitor set contact = $2, contact_name = $3 where id = $1", visitor.id(), email, name)
                .orElseThrow();
    }
}
