package switchboard.ticketing.ticket;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import switchboard.ticketing.access.Spelling;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.people.Customers;

/// One condition of a search, about `ticket t`. Several values mean any of them.
///
/// @param not leaves out what matches
/// @param values in the database's words for status and channel, as typed otherwise
public record SearchOperator(Field field, boolean not, List<String> values) {
    /// What can be asked for, with the names that the operator has in English and Chinese.
    public enum Field {
        STATUS(List.of(List.of("open", "未结"), List.of("pending", "等待中"), List.of("snoozed", "已推迟"),
                List.of("solved", "closed", "resolved", "已解决")), "status", "状态"),
        CHANNEL(List.of(List.of("email", "mail", "邮件"), List.of("sms", "text", "短信"), List.of("chat", "聊天"),
                List.of("phone", "call", "电话"), List.of("form", "表单")), "channel", "渠道"),
        FROM(List.of(), "from", "customer", "来自", "客户"),
        TAG(List.of(), "tag", "tags", "标签"),
        ASSIGNEE(List.of(), "assignee", "agent", "负责人"),
        TEAM(List.of(), "team", "团队");

        private static final List<String> ME = List.of("me", "我");
        private static final List<String> NONE = List.of("none", "无");
        final List<String> names;
        /// Each value with its other names, itself first; none when the values are the company's own.
        private final List<List<String>> known;

        Field(List<List<String>> known, String... names) {
            this.known = known;
            this.names = List.of(names);
        }

        static Field named(String name) {
            return Stream.of(values()).filter(one -> one.names.contains(name.toLowerCase(Locale.ROOT))).findFirst()
                    .orElseThrow();
        }

        String word() {
            return names.getFirst();
        }

        /// Empty when the values are the company's own.
        List<String> allowed() {
            return known.stream().map(List::getFirst).toList();
        }

        Optional<String> value(String typed) {
            if (known.isEmpty()) return Optional.of(typed);
            return known.stream().filter(one -> one.contains(typed.toLowerCase(Locale.ROOT))).map(List::getFirst)
                    .findFirst();
        }
    }

    /// @param reader whose `me` is meant
    Where where(UUID reader) {
        var any = values.stream().map(value -> one(value, reader)).reduce(Where::or).orElse(Where.NONE);
        // A ticket without a team is in no team that is left out.
        return not ? Where.of("not coalesce(" + any.text() + ", false)", any.values().toArray()) : any;
    }

    private Where one(String value, UUID reader) {
        return switch (field) {
            case STATUS -> Where.of("t.status = ?", value);
            case CHANNEL -> Where.of("t.channel = ?", value);
            case FROM -> from(value);
            case TAG -> tagged(value);
            case ASSIGNEE -> Field.ME.contains(value.toLowerCase(Locale.ROOT)) ? Where.of("t.assignee_id = ?", reader)
                    : named("assignee_id", "agent", value);
            case TEAM -> named("team_id", "team", value);
        };
    }

    /// The ticket's customer, by name or any address; or whoever wrote one of its messages.
    private static Where from(String value) {
        var wrote = Stream.of("m.author_name", "m.sender")
                .map(column -> Spelling.everywhere(Spelling.units(value), column)).reduce(Where::or).orElse(Where.NONE);
        return reachedAt(value).or(Where.of("exists (select 1 from message m where m.ticket_id = t.id "
                + "and m.direction = 'inbound' and " + wrote.text() + ")", wrote.values().toArray()));
    }

    /// The ticket's customer has this name, address or number.
    static Where reachedAt(String value) {
        var customer = Customers.search(value);
        return Where.of("t.customer_id in (select x.id from customer x join customer c "
                + "on c.id = coalesce(x.merged_into, x.id) where " + customer.text() + ")",
                customer.values().toArray());
    }

    /// The whole tag, in any spelling.
    private static Where tagged(String tag) {
        var same = Spelling.whole("g.tag", tag);
        return Where.of("exists (select 1 from unnest(t.tags) g(tag) where " + same.text() + ")",
                same.values().toArray());
    }

    private static Where named(String column, String table, String value) {
        if (Field.NONE.contains(value.toLowerCase(Locale.ROOT))) return Where.of("t." + column + " is null");
        var named = Spelling.everywhere(Spelling.units(value), "n.name");
        return Where.of("t." + column + " in (select n.id from " + table + " n where " + named.text() + ")",
                named.values().toArray());
    }

    /// The names of agents or teams that do not exist.
    List<Sought.Refused> unknown(Sql sql) {
        if (field != Field.ASSIGNEE && field != Field.TEAM) return List.of();
        return values.stream().filter(value -> !keyword(value) && !known(sql, value))
                .map(value -> new Sought.Refused(field.word(), value, List.of())).toList();
    }

    private boolean keyword(String value) {
        var word = value.toLowerCase(Locale.ROOT);
        return Field.NONE.contains(word) || field == Field.ASSIGNEE && Field.ME.contains(word);
    }

    private boolean known(Sql sql, String value) {
        var named = Spelling.everywhere(Spelling.units(value), "n.name");
        return sql.value(Boolean.class, "select exists (select 1 from " + (field == Field.TEAM ? "team" : "agent")
                + " n where " + named.sql(1) + ")", named.arguments()).orElse(false);
    }
}
