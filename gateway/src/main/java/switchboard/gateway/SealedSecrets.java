package switchboard.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.channels.chat.WidgetSettings;
import switchboard.gateway.admin.Mailboxes;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// The values sealed with `SWITCHBOARD_SECRET`: mailbox passwords, the widget's identity secret, and a mark that
/// reveals a wrong secret at start, before mail silently fails to arrive.
final class SealedSecrets {
    private static final String MARK = "secret";
    private static final String MARK_CONTEXT = "setting:secret";
    /// Asks for the mark.
    static final String MARKS = "select value ->> 'sealed' from setting where name = '" + MARK + "'";

    private SealedSecrets() {}

    /// A sealed text and the statement that replaces it.
    private record Sealed(String context, String text, String update, Object key) {}

    /// Stores the mark if there is none yet.
    ///
    /// @throws Settings.Wrong when the stored values were sealed with another secret
    static void require(Database database, Signer signer) {
        database.run(tx -> {
            tx.query("select pg_advisory_xact_lock(hashtextextended('sealed-secrets', 29))");
            var mark = mark(tx);
            var known = mark.map(List::of).orElseGet(() -> stored(tx));
            if (known.stream().anyMatch(one -> !opens(signer, one))) {
                throw new Settings.Wrong("SWITCHBOARD_SECRET is not the one that this database's passwords are sealed "
                        + "with: start with that one, or change it by ./switchboard reseal");
            }
            if (mark.isEmpty()) leaveMark(tx, signer);
        });
    }

    /// Reseals everything.
    ///
    /// @param old the previous secret; empty when it is lost: values sealed with it are dropped
    /// @return the number of values resealed and dropped, in this order
    static List<Integer> reseal(Database database, Optional<Signer> old, Signer wanted) {
        return database.transaction(tx -> {
            int resealed = 0;
            int forgotten = 0;
            for (var one : stored(tx)) {
                var plain = old.filter(signer -> opens(signer, one)).or(() -> Optional.of(wanted)
                        .filter(signer -> opens(signer, one))).map(signer -> signer.open(one.context(), one.text()));
                if (plain.isEmpty() && old.isPresent()) {
                    throw new Settings.Wrong("SWITCHBOARD_OLD_SECRET does not open what is stored: nothing was "
                            + "changed");
                }
                tx.execute(one.update(), one.key(), plain.map(text -> wanted.seal(one.context(), text)).orElse(null));
                if (plain.isPresent()) resealed++;
                else forgotten++;
            }
            leaveMark(tx, wanted);
            return List.of(resealed, forgotten);
        });
    }

    /// Whether the mark was left with this secret.
    static boolean marks(Signer signer, String mark) {
        return opens(signer, new Sealed(MARK_CONTEXT, mark, "", MARK));
    }

    private static boolean opens(Signer signer, Sealed one) {
        try {
            signer.open(one.context(), one.text());
            return true;
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
            return false;
        }
    }

    private static Optional<Sealed> mark(Sql tx) {
        return tx.value(String.class, MARKS)
                .map(text -> new Sealed(MARK_CONTEXT, text, "", MARK));
    }

    private static void leaveMark(Sql tx, Signer signer) {
        tx.execute("""
                insert into setting (name, value) values ($1, jsonb_build_object('sealed', $2::text))
                on conflict (brand_id, name) do update set value = excluded.value, version = setting.version + 1""",
                MARK, signer.seal(MARK_CONTEXT, "ours"));
    }

    private record Row(UUID id, JsonNode imap, JsonNode smtp) {}

    private static List<Sealed> stored(Sql tx) {
        var found = new ArrayList<Sealed>();
        for (var row : tx.list(Row.class, "select id, imap, smtp from mailbox order by id for update")) {
            password(row.imap()).ifPresent(text -> found.add(mailbox(row.id(), "imap", text)));
            password(row.smtp()).ifPresent(text -> found.add(mailbox(row.id(), "smtp", text)));
        }
        tx.value(String.class, "select value ->> 'identitySecret' from setting where name = $1", WidgetSettings.NAME)
                .ifPresent(text -> found.add(new Sealed(WidgetSettings.SEAL_CONTEXT, text,
                        "update setting set value = value || jsonb_build_object('identitySecret', $2::text) "
                        + "where name = $1",
                        WidgetSettings.NAME)));
        return found;
    }

    private static Optional<String> password(JsonNode server) {
        return Optional.ofNullable(server)
                .map(node -> node.isTextual() ? Json.read(node.asText(), JsonNode.class) : node)
                .map(node -> node.path("password").asText("")).filter(text -> !text.isEmpty());
    }

    /// Dropping a password removes it: the mailbox then reports that it can't sign in.
    private static Sealed mailbox(UUID id, String server, String text) {
        return new Sealed(Mailboxes.sealContext(id, server), text, "update mailbox set " + server
                + " = jsonb_strip_nulls(" + server + " || jsonb_build_object('password', $2::text)) where id = $1", id);
    }
}
