package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import switchboard.channels.chat.Hours;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// How the chat widget looks, who answers it, and which pages may show it: the `widget` document of the settings.
public final class WidgetSettings {
    private static final String NAME = switchboard.channels.chat.WidgetSettings.NAME;
    private static final String SEAL_CONTEXT = switchboard.channels.chat.WidgetSettings.SEAL_CONTEXT;
    /// An HS256 key as long as its hash; RFC 7518, section 3.2.
    private static final int SECRET_CHARS_MIN = 32;
    private static final int SECRET_CHARS_MAX = 512;
    private static final Set<String> LANGUAGES = Set.of("en", "zh-CN");
    /// Three lines of the widget.
    private static final int GREETING_CHARS_MAX = 200;

    private final Database database;
    private final Signer signer;
    private final String publicUrl;

    public WidgetSettings(Database database, Signer signer, String publicUrl) {
        this.database = database;
        this.signer = signer;
        this.publicUrl = publicUrl;
    }

    /// The stored document. `identitySecret` is sealed with the context `widget:identity`; null when customers are
    /// not identified by the page that shows the widget.
    public record Document(UUID id, String key, String name, String color, Map<String, String> greeting, UUID teamId,
                           List<String> allowedOrigins, Hours hours, String identitySecret) {}

    /// @param snippet HTML to paste into a page
    public record Widget(UUID id, String key, String name, String color, Map<String, String> greeting,
                         @Nullable UUID teamId, List<String> allowedOrigins, Hours hours, boolean identitySecretSet,
                         String snippet, int version) {}

    /// Null means: as it is; an empty `identitySecret` takes it away, and so does a null `teamId` that is not left out.
    public record WidgetChange(String name, String color, Map<String, String> greeting, JsonNode teamId,
                               List<String> allowedOrigins, Hours hours, String identitySecret, Integer version) {}

    private record Stored(Document value, int version) {}

    public Object get(Call call) {
        return view(stored(database.sql()));
    }

    private Stored stored(Sql sql) {
        var found = sql.query("select value::text, version from setting where name = $1", NAME).iterator();
        if (!found.hasNext()) {
            var name = sql.value(String.class, "select name from brand where id = 1").orElse("Chat");
            var fresh = switchboard.channels.chat.WidgetSettings.fresh(name);
            return new Stored(new Document(fresh.id(), fresh.key(), name, fresh.color(), fresh.greeting(), null,
                    fresh.allowedOrigins(), Hours.ALWAYS, null), 0);
        }
        var row = found.next();
        return new Stored(Json.read(row.getString("value"), Document.class), row.getInteger("version"));
    }

    private Widget view(Stored stored) {
        var it = stored.value();
        return new Widget(it.id(), it.key(), it.name(), it.color(), it.greeting(), it.teamId(), it.allowedOrigins(),
                it.hours() == null ? Hours.ALWAYS : it.hours(),
                it.identitySecret() != null, "<script src=\"" + publicUrl + "/widget.js\" data-key=\"" + it.key()
                + "\" async></script>", stored.version());
    }

    public Object change(Call call, WidgetChange change) {
        validate(change);
        if (change.identitySecret() != null) call.requireFresh();
        return database.transaction(tx -> {
            tx.query("select 1 from brand where id = 1 for update");
            var before = stored(tx);
            if (change.version() != null && change.version() != before.version()) {
                throw new Failure.Conflict("stale", "The widget was changed meanwhile", view(before));
            }
            return view(store(tx, changed(before.value(), change, GivenTeam.of(tx, change.teamId()))));
        });
    }

    /// The HTML to paste, with today's key.
    public String snippet() {
        return view(stored(database.sql())).snippet();
    }

    /// Makes the document when there is none yet, so that the key in a pasted snippet stays the same.
    public void ensure() {
        database.run(tx -> {
            tx.query("select 1 from brand where id = 1 for update");
            var stored = stored(tx);
            if (stored.version() == 0) store(tx, stored.value());
        });
    }

    private Stored store(Sql tx, Document document) {
        int version = tx.value(Integer.class, """
                insert into setting (name, value) values ($1, $2::text::jsonb)
                on conflict (brand_id, name) do update set value = setting.value || excluded.value,
                  version = setting.version + 1
                returning version""", NAME, Json.write(document)).orElseThrow();
        return new Stored(document, version);
    }

    private Document changed(Document was, WidgetChange to, GivenTeam team) {
        var secret = to.identitySecret() == null ? was.identitySecret()
                : to.identitySecret().isEmpty() ? null : signer.seal(SEAL_CONTEXT, to.identitySecret());
        return new Document(was.id(), was.key(), or(to.name(), was.name()), or(to.color(), was.color()),
                greeting(was.greeting(), to.greeting()), team.or(was.teamId()),
                or(to.allowedOrigins(), was.allowedOrigins()), or(to.hours(), was.hours()), secret);
    }

    /// A language that is not named keeps what it had.
    private static Map<String, String> greeting(Map<String, String> was, Map<String, String> to) {
        var all = new TreeMap<>(was == null ? Map.of() : was);
        if (to != null) all.putAll(to);
        return all;
    }

    private static <T> T or(T changed, T was) {
        return changed == null ? was : changed;
    }

    private static void validate(WidgetChange change) {
        if (change.name() != null) Label.checked("name", change.name(), Label.CHARS_MAX);
        if (change.color() != null && !change.color().matches("#[0-9a-fA-F]{6}")) {
            throw Failure.Invalid.field("color", "must be as in #2f6f5e");
        }
        if (change.greeting() != null) change.greeting().forEach(WidgetSettings::checkGreeting);
        if (change.hours() != null) change.hours().check();
        var secret = change.identitySecret();
        if (secret != null && !secret.isEmpty() && (secret.length() < SECRET_CHARS_MIN
                || secret.length() > SECRET_CHARS_MAX)) {
            throw Failure.Invalid.field("identitySecret", "has " + SECRET_CHARS_MIN + " to " + SECRET_CHARS_MAX
                    + " characters");
        }
        if (change.allowedOrigins() == null) return;
        for (var origin : change.allowedOrigins()) {
            if (origin == null || !origin.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?")) {
                throw Failure.Invalid.field("allowedOrigins", "each must be as in https://shop.example");
            }
        }
    }

    private static void checkGreeting(String language, String text) {
        if (!LANGUAGES.contains(language)) throw Failure.Invalid.field("greeting", "the languages are en and zh-CN");
        if (text == null || text.length() > GREETING_CHARS_MAX) {
            throw Failure.Invalid.field("greeting", "has at most " + GREETING_CHARS_MAX + " characters");
        }
    }

    /// The pages that may frame the widget, for `frame-ancestors`: our own and the allowed ones.
    public List<String> frameAncestors() {
        var all = new ArrayList<>(List.of("'self'"));
        stored(database.sql()).value().allowedOrigins().forEach(origin -> all.add(URI.create(origin).toString()));
        return all;
    }
}
