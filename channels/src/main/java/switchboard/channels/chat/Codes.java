package switchboard.channels.chat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;

/// Six digits by mail prove that a visitor reads an address. One code a visitor at a time, five tries, used once.
final class Codes {
    static final Duration LASTS = Duration.ofMinutes(10);
    static final int TRIES_MAX = 5;
    private static final int CODES = 1_000_000;
    private static final int DIGEST_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Outbox outbox;
    private final Signer signer;

    Codes(Database database, Outbox outbox, Signer signer) {
        this.database = database;
        this.outbox = outbox;
        this.signer = signer;
    }

    void mail(Visitor visitor, Address email, String company) {
        var code = "%06d".formatted(RANDOM.nextInt(CODES));
        var chinese = visitor.language().startsWith("zh");
        var subject = chinese ? code + " 是您的验证码" : code + " is your code";
        var text = chinese
                ? "请在聊天窗口中输入 " + code + "。验证码 10 分钟内有效。\n\n如果不是您本人的操作，请忽略本邮件。\n\n"
                        + company
                : "Enter " + code + " in the chat window. It is good for 10 minutes.\n\n"
                        + "If you did not ask for it, you need not do anything.\n\n" + company;
        database.run(tx -> {
            tx.execute("""
                    insert into chat_code (visitor_id, email, code_digest, expires_at)
                    values ($1, $2, $3, now() + make_interval(secs => $4::float8))
                    on conflict (visitor_id) do update set email = excluded.email, code_digest = excluded.code_digest,
                      tries = 0, expires_at = excluded.expires_at, used_at = null""",
                    visitor.id(), email.value(), digest(visitor, code), (double) LASTS.toSeconds());
            outbox.put(tx, List.of(new Effect("email", "chat-code:" + visitor.id(), "chat-code:" + Ids.next(),
                    Map.of("system", true, "secret", true, "to", email.value(), "subject", subject, "text", text),
                    null, null, null, Instant.now(), Instant.now().plus(LASTS))));
        });
        outbox.committed();
    }

    /// Counts the try before it is looked at, so that no number of parallel tries gets more than five.
    ///
    /// @return the address that is proven now; empty when the code is wrong, used, too old or tried too often
    Optional<String> redeem(Visitor visitor, String code) {
        record Pending(String email, String codeDigest) {}
        return database.transaction(tx -> {
            var pending = tx.changed(Pending.class, """
                    with x as (
                      update chat_code set tries = tries + 1
                      where visitor_id = $1 and used_at is null and expires_at > now() and tries < $2
                      returning email, code_digest)
                    select row_to_json(x)::text from x""", visitor.id(), TRIES_MAX);
            boolean right = !pending.isEmpty() && digest(visitor, code).equals(pending.getFirst().codeDigest());
            if (!right) return Optional.empty();
            tx.execute("update chat_code set used_at = now() where visitor_id = $1", visitor.id());
            tx.execute("""
                    update chat_visitor set email = $2, verified_by = coalesce(verified_by, 'code') where id = $1""",
                    visitor.id(), pending.getFirst().email());
            return Optional.of(pending.getFirst().email());
        });
    }

    private String digest(Visitor visitor, String code) {
        return signer.sign("chat-code", visitor.id() + ":" + code, DIGEST_BYTES);
    }
}
