package switchboard.channels.chat;

import java.time.Duration;
import java.util.Optional;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;

/// Reads the widget's settings; a change is seen within a second.
final class Widgets {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private record Kept(WidgetSettings settings, long untilNanos) {}

    private final Database database;
    private volatile Kept kept;

    Widgets(Database database) {
        this.database = database;
    }

    WidgetSettings current() {
        var known = kept;
        long now = System.nanoTime();
        if (known != null && now - known.untilNanos() < 0) return known.settings();
        var settings = read().orElseGet(this::create);
        kept = new Kept(settings, now + KEPT.toNanos());
        return settings;
    }

    Optional<WidgetSettings> named(String key) {
        return Optional.of(current()).filter(settings -> settings.key().equals(key));
    }

    private Optional<WidgetSettings> read() {
        var text = database.sql().value(String.class, "select value::text from setting where name = $1",
                WidgetSettings.NAME);
        return text.map(one -> Json.read(one, WidgetSettings.class));
    }

    private WidgetSettings create() {
        database.sql().execute("insert into setting (name, value) values ($1, $2::text::jsonb) on conflict do nothing",
                WidgetSettings.NAME, Json.write(WidgetSettings.fresh("Support")));
        return read().orElseThrow();
    }
}
