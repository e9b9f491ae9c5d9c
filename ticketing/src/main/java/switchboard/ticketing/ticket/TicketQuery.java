package switchboard.ticketing.ticket;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Load;
import switchboard.ticketing.access.Spelling;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;

/// Which tickets a list asks for. Every word is checked; an unknown one is refused by name.
public record TicketQuery(String view, String status, String assignee, String team, String channel, String customer,
                          String tag, String q, String sortWord, String after, int limit) {
    public static final List<String> VIEWS =
            List.of("mine", "unassigned", "mentions", "open", "pending", "snoozed", "chats", "calls");
    static final Where NOT_MERGED = Where.of("t.merged_into is null");
    /// The agent has an unread mention in ticket `t`.
    static final String UNREAD_MENTION =
            "exists (select 1 from mention_unread u where u.ticket_id = t.id and u.agent_id = ?)";
    private static final Pattern NUMBER = Pattern.compile("#?\\d{1,15}");
    private static final int SEARCH_CHARS_MAX = 200;

    public TicketQuery {
        if (limit < 1 || limit > Page.LIMIT_MAX) {
            throw Failure.Invalid.field("limit", "must be from 1 to " + Page.LIMIT_MAX);
        }
        if (status != null && !TicketChange.STATUSES.contains(status)) {
            throw Failure.Invalid.field("status", "there is no status " + status);
        }
        if (q != null && q.length() > SEARCH_CHARS_MAX) {
            throw Failure.Invalid.field("q", "is longer than 200 characters");
        }
    }

    public static TicketQuery of(String view, int limit) {
        return new TicketQuery(view, null, null, null, null, null, null, null, null, null, limit);
    }

    static Where view(String view, UUID reader) {
        return switch (view) {
            case "mine" -> Where.of("(t.status = 'open' or " + Load.LIVE_CHAT + ") and t.assignee_id = ?", reader);
            case "unassigned" -> Where.of("t.status = 'open' and t.assignee_id is null");
            case "mentions" -> Where.of("t.mentions @> array[?]::uuid[] and (t.status <> 'solved' or "
                    + UNREAD_MENTION + ")", reader, reader);
            case "open" -> Where.of("t.status = 'open'");
            case "pending" -> Where.of("t.status = 'pending'");
            case "snoozed" -> Where.of("t.status = 'snoozed'");
            case "solved" -> Where.of("t.status = 'solved'");
            case "chats" -> Where.of(Load.LIVE_CHAT);
            case "calls" -> Where.of("t.status = 'open' and t.channel = 'phone'");
            case "all" -> Where.ALL;
            default -> throw Failure.Invalid.field("view", "there is no view " + view);
        };
    }

    Where where(UUID reader) {
        var where = view(view == null ? "all" : view, reader).and(NOT_MERGED);
        if (status != null) where = where.and("t.status = ?", status);
        if (assignee != null) where = where.and(person(assignee, reader));
        if (team != null) where = where.and("t.team_id = ?", Ids.parse(team, "The team"));
        if (channel != null) where = where.and("t.channel = ?", channel);
        if (customer != null) {
            var id = Ids.parse(customer, "The customer");
            where = where.and("(c.id = ? or o.id = ?)", id, id);
        }
        if (tag != null) where = where.and("t.tags @> array[?]::text[]", tag);
        if (q != null && !q.isBlank()) where = where.and(search(q, reader));
        return after == null ? where : where.and(sort().after(after));
    }

    private static Where person(String assignee, UUID reader) {
        return switch (assignee) {
            case "me" -> Where.of("t.assignee_id = ?", reader);
            case "none" -> Where.of("t.assignee_id is null");
            default -> Where.of("t.assignee_id = ?", Ids.parse(assignee, "The agent"));
        };
    }

    /// Operators (`Sought`), and words anywhere in subject, customer name or what was written; digits are the number of
    /// a ticket or such a word (an order's number), with a # before them a ticket's number alone.
    static Where search(String q, UUID reader) {
        var sought = Sought.of(q);
        var asked = sought.where(reader);
        var words = sought.words();
        if (words.isEmpty() && sought.ticketsOnly()) return asked;
        if (!NUMBER.matcher(words).matches()) return words(words).and(asked);
        var number = Where.of("t.number = ?", Long.parseLong(words.replace("#", "")));
        return (words.startsWith("#") ? number : number.or(words(words))).and(asked);
    }

    /// @throws Failure.Invalid `search-operator` when an operator's value can't be, in words
    void check(Sql sql) {
        if (q == null) return;
        var refused = Sought.of(q).checked(sql).refused();
        if (refused.isEmpty()) return;
        throw Failure.Invalid.field("search-operator", "q",
                refused.stream().map(Sought.Refused::inWords).collect(Collectors.joining(". ")));
    }

    /// Each word may occur in a different message.
    private static Where words(String q) {
        return Spelling.units(q).stream().map(TicketQuery::said).reduce(Where::and).orElse(Where.NONE);
    }

    /// The word occurs in the subject, the customer's name or any message.
    public static Where said(String unit) {
        var written = Spelling.in("m.visible_text", unit);
        var named = Spelling.in("t.subject", unit).or(Spelling.in("c.name", unit));
        // Whose whole number or address it is.
        if (unit.contains("@") || Spelling.phone(unit).isPresent()) named = named.or(SearchOperator.reachedAt(unit));
        return named.or(Where.of("exists (select 1 from "
                + "message m where m.ticket_id = t.id and m.kind <> 'cancelled' and " + written.text() + ")",
                written.values().toArray()));
    }

    TicketSort sort() {
        return TicketSort.of(sortWord);
    }
}
