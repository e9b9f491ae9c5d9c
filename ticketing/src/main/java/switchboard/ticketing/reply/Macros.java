package switchboard.ticketing.reply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// Prepared answers with actions. Only the variables named here are filled in, once; whatever a customer wrote is
/// data and is never filled again.
public final class Macros {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z]{1,20}[._ ][A-Za-z_]{1,20})\\s*}}");
    private static final int MACROS_MAX = 500;
    private static final int TITLE_CHARS_MAX = 120;
    static final int TEXT_CHARS_MAX = 50_000;
    static final int HTML_CHARS_MAX = 200_000;
    private static final int ACTIONS_MAX = 20;
    private static final int VALUE_CHARS_MAX = 200;
    private static final Set<String> KINDS = Set.of("status", "tag", "assign-me", "priority", "team");

    private final Database database;

    public Macros(Database database) {
        this.database = database;
    }

    public record Action(@OneOf({"status", "tag", "assign-me", "priority", "team"}) String kind,
                         @Nullable String value) {}

    /// @param ownerId who made it, and with leads and admins may change it; read only
    public record Macro(UUID id, String title, String text, @Nullable String html, List<Action> actions,
                        boolean shared, @Nullable UUID ownerId, int version) {}

    /// @param undefined variables in the text that have no value here; the writer is warned before sending
    public record Applied(String text, @Nullable String html, List<Action> actions, List<String> undefined) {}

    public List<Macro> list(UUID agent) {
        return database.sql().list(Macro.class, """
                select id, title, text, html, actions, shared, owner_id, version from macro
                where shared or owner_id = $1
                order by lower(title), id limit $2""", agent, MACROS_MAX);
    }

    private record Row(UUID id, String title, String text, String html, List<Action> actions, UUID ownerId,
                       boolean shared) {}

    public Macro create(UUID agent, Macro macro) {
        var row = new Row(Ids.next(), checked(macro).title().strip(), macro.text() == null ? "" : macro.text(),
                macro.html(), Replies.orEmpty(macro.actions()), agent, macro.shared());
        if (list(agent).size() >= MACROS_MAX) {
            throw new Failure.Conflict("too-many", "There may be at most " + MACROS_MAX + " macros");
        }
        database.sql().insert("macro", List.of(row));
        return get(agent, row.id());
    }

    /// @throws Failure.Forbidden for another agent's macro, unless the caller is a lead or an admin
    /// @throws Failure.Conflict `stale` with the macro as it is now, when `macro` is of another version
    public Macro change(Caller caller, UUID id, Macro macro) {
        requireOwn(caller, get(caller.id(), id));
        checked(macro);
        // What nobody owns would be nobody's once it is no longer shared.
        int changed = database.sql().execute("""
                update macro set title = $2, text = $3, html = $4, actions = $5::text::jsonb, shared = $6,
                  owner_id = coalesce(owner_id, $7), version = version + 1
                where id = $1 and version = $8""",
                id, macro.title().strip(), macro.text() == null ? "" : macro.text(), macro.html(),
                Json.write(Replies.orEmpty(macro.actions())), macro.shared(), caller.id(), macro.version());
        var now = get(caller.id(), id);
        if (changed == 0) throw new Failure.Conflict("stale", "The macro was changed meanwhile", now);
        return now;
    }

    /// @throws Failure.Forbidden as for `change`
    public void delete(Caller caller, UUID id) {
        requireOwn(caller, get(caller.id(), id));
        database.sql().execute("delete from macro where id = $1", id);
    }

    private static void requireOwn(Caller caller, Macro macro) {
        if (caller.role() == Caller.Role.AGENT && !caller.id().equals(macro.ownerId())) {
            throw new Failure.Forbidden("Only who made the macro, a lead or an admin may change it");
        }
    }

    private static Macro checked(Macro macro) {
        Label.checked("title", macro.title(), TITLE_CHARS_MAX);
        length("text", macro.text(), TEXT_CHARS_MAX);
        length("html", macro.html(), HTML_CHARS_MAX);
        check(Replies.orEmpty(macro.actions()));
        return macro;
    }

    /// @throws Failure.Invalid for unknown actions
    static void check(List<Action> actions) {
        if (actions.size() > ACTIONS_MAX) throw Failure.Invalid.field("actions", "has more than " + ACTIONS_MAX);
        for (var action : actions) {
            if (action == null || action.kind() == null || !KINDS.contains(action.kind())) {
                throw Failure.Invalid.field("actions", "each is one of " + String.join(", ", new TreeSet<>(KINDS)));
            }
            length("actions", action.value(), VALUE_CHARS_MAX);
        }
    }

    private static void length(String field, String text, int charsMax) {
        if (text != null && text.length() > charsMax) {
            throw Failure.Invalid.field(field, "is longer than " + charsMax + " characters");
        }
    }

    public Macro get(UUID agent, UUID id) {
        return list(agent).stream().filter(one -> one.id().equals(id)).findFirst()
                .orElseThrow(() -> new Failure.NotFound("The macro"));
    }

    private record Values(String customer, String first, String last, String company, String email, String agent,
                          String agentFirst, long number, String subject) {}

    public Applied apply(Where visible, UUID agent, UUID macro, UUID ticket) {
        var found = get(agent, macro);
        var values = database.sql().one(Values.class, """
                select nullif(c.name, '') as customer, nullif(split_part(c.name, ' ', 1), '') as first,
                  nullif(substr(c.name, length(split_part(c.name, ' ', 1)) + 2), '') as last,
                  nullif(c.company, '') as company,
                  (select value from identity where customer_id = c.id and kind = 'email'
                    order by verified desc, created_at, id limit 1) as email,
                  a.name as agent, split_part(a.name, ' ', 1) as agent_first, t.number, t.subject
                from ticket t join agent a on a.id = $2 join customer o on o.id = t.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where t.id = $1 and\s""" + visible.sql(3), visible.arguments(ticket, agent))
                .orElseThrow(() -> new Failure.NotFound("The ticket"));
        var undefined = new LinkedHashSet<String>();
        return new Applied(fill(found.text(), values, undefined, word -> word), found.html() == null ? null
                : fill(found.html(), values, undefined, Macros::escaped), found.actions(), List.copyOf(undefined));
    }

    private static String fill(String text, Values values, Set<String> undefined, UnaryOperator<String> written) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            var name = match.group(1).toLowerCase(Locale.ROOT).replaceAll("[._ ]", "");
            var value = switch (name) {
                case "customername", "customerfullname" -> values.customer();
                case "customerfirst", "customerfirstname" -> values.first();
                case "customerlast", "customerlastname" -> values.last();
                case "customercompany" -> values.company();
                case "customeremail" -> values.email();
                case "agentname" -> values.agent();
                case "agentfirst", "agentfirstname" -> values.agentFirst();
                case "ticketnumber", "ticketid" -> String.valueOf(values.number());
                case "ticketsubject" -> values.subject();
                default -> null;
            };
            if (value == null) undefined.add(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : written.apply(value));
        });
    }

    /// What a customer calls themselves is text, also within markup.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
