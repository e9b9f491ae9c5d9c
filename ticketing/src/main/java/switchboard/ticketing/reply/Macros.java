package switchboard.ticketing.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// Prepared answers with actions. Only the variables named here are filled in, once; whatever a customer wrote is
/// data and is never filled again.
public final class Macros {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([a-z]{1,20}\\.[a-z]{1,20})\\s*}}");
    private static final int MACROS_MAX = 500;

    private final Database database;

    public Macros(Database database) {
        this.database = database;
    }

    public record Action(@OneOf({"status", "tag", "assign-me", "priority", "team"}) String kind,
                         @Nullable String value) {}

    public record Macro(UUID id, String title, String text, @Nullable String html, List<Action> actions,
                        boolean shared, int version) {}

    /// @param undefined variables in the text that have no value here; the writer is warned before sending
    public record Applied(String text, @Nullable String html, List<Action> actions, List<String> undefined) {}

    public List<Macro> list(UUID agent) {
        return database.sql().list(Macro.class, """
                select id, title, text, html, actions, shared, version from macro where shared or owner_id = $1
                order by lower(title), id limit $2""", agent, MACROS_MAX);
    }

    private record Row(UUID id, String title, String text, String html, List<Action> actions, UUID ownerId,
                       boolean shared) {}

    public Macro create(UUID agent, Macro macro) {
        var row = new Row(Ids.next(), checked(macro).title().strip(), macro.text() == null ? "" : macro.text(),
                macro.html(), Replies.orEmpty(macro.actions()), agent, macro.shared());
        database.sql().insert("macro", List.of(row));
        return get(agent, row.id());
    }

    public Macro change(UUID agent, UUID id, Macro macro) {
        delete(agent, id, false);
        database.sql().execute("""
                update macro set title = $2, text = $3, html = $4, actions = $5::text::jsonb, shared = $6,
                  version = version + 1
                where id = $1""",
                id, checked(macro).title().strip(), macro.text() == null ? "" : macro.text(), macro.html(),
                switchboard.ticketing.base.Json.write(Replies.orEmpty(macro.actions())), macro.shared());
        return get(agent, id);
    }

    public void delete(UUID agent, UUID id) {
        delete(agent, id, true);
    }

    private void delete(UUID agent, UUID id, boolean really) {
        get(agent, id);
        if (really) database.sql().execute("delete from macro where id = $1", id);
    }

    private static Macro checked(Macro macro) {
        if (macro.title() == null || macro.title().isBlank()) throw Failure.Invalid.field("title", "is empty");
        if (macro.title().length() > 120) throw Failure.Invalid.field("title", "is longer than 120 characters");
        return macro;
    }

    public Macro get(UUID agent, UUID id) {
        return list(agent).stream().filter(one -> one.id().equals(id)).findFirst()
                .orElseThrow(() -> new Failure.NotFound("The macro"));
    }

    private record Values(String customer, String first, String agent, long number, String subject) {}

    public Applied apply(Where visible, UUID agent, UUID macro, UUID ticket) {
        var found = get(agent, macro);
        var values = database.sql().one(Values.class, """
                select c.name as customer, split_part(c.name, ' ', 1) as first,
                  (select name from agent where id = $2) as agent, t.number, t.subject
                from ticket t join customer o on o.id = t.customer_id
                  join customer c on c.id = coalesce(o.merged_into, o.id)
                where t.id = $1 and\s""" + visible.sql(3), visible.arguments(ticket, agent))
                .orElseThrow(() -> new Failure.NotFound("The ticket"));
        var undefined = new ArrayList<String>();
        return new Applied(fill(found.text(), values, undefined, word -> word), found.html() == null ? null
                : fill(found.html(), values, undefined, Macros::escaped), found.actions(), undefined);
    }

    private static String fill(String text, Values values, List<String> undefined, UnaryOperator<String> written) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            var value = switch (match.group(1)) {
                case "customer.name" -> values.customer();
                case "customer.first" -> values.first();
                case "agent.name" -> values.agent();
                case "ticket.number" -> String.valueOf(values.number());
                case "ticket.subject" -> values.subject();
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
