package switchboard.gateway.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageRow;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// What has been said so far, as tickets, messages and journal entries with the times at which it happened.
final class DemoHistory {
    private static final int PREVIEW_CHARS_MAX = 140;

    private final DemoContent content;
    private final Map<String, UUID> teams;
    private final Map<String, UUID> agents;
    private final Map<String, UUID> customers;
    private final Map<String, Open> threads = new LinkedHashMap<>();
    private final List<MessageRow> messages = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Instant now = Instant.now();

    DemoHistory(DemoContent content, Map<String, UUID> teams, Map<String, UUID> agents, Map<String, UUID> customers) {
        this.content = content;
        this.teams = teams;
        this.agents = agents;
        this.customers = customers;
    }

    private record Key(String kind, String key, UUID messageId, UUID ticketId) {}

    private record TicketRow(UUID id, String subject, String status, Instant snoozedUntil, String priority,
                             String channel, String ourAddress, UUID customerId, UUID assigneeId, UUID teamId,
                             List<String> tags, List<String> skills, String language, Instant waitingSince,
                             Instant queuedAt, Instant createdAt, Instant updatedAt, Instant solvedAt, Instant lastAt,
                             String lastDirection, String lastChannel,
                             String lastPreview, List<UUID> mentions, int version, Instant chatEndedAt) {}

    /// A thread while its events are gone through.
    private static final class Open {
        final UUID id;
        final String channel;
        final UUID customer;
        final String language;
        final Instant createdAt;
        String subject;
        String status = "open";
        String priority = "normal";
        List<String> tags = List.of();
        UUID team;
        UUID assignee;
        Instant snoozedUntil;
        Instant waitingSince;
        Instant solvedAt;
        Instant lastAt;
        String lastDirection;
        String lastChannel;
        String lastPreview;

        Open(UUID customer, String language, String channel, Instant at, String subject) {
            this.id = Ids.at(at);
            this.customer = customer;
            this.language = language;
            this.channel = channel;
            this.createdAt = at;
            this.subject = subject;
        }
    }

    void write(Sql tx, Journal journal) {
        var languages = new java.util.HashMap<String, String>();
        content.customers().forEach(one -> languages.put(one.key(), one.language()));
        for (var event : content.history()) follow(event, languages.get(event.customer()));
        tx.insert("ticket", threads.values().stream().map(this::row).toList());
        tx.insert("message", messages);
        tx.insert("thread_key", keys, "on conflict do nothing");
        journal.append(tx, entries);
    }

    private void follow(DemoContent.Event event, String language) {
        var at = now.minus(Duration.ofMinutes(event.minutesAgo()));
        var thread = threads.computeIfAbsent(event.thread(), _ -> begin(event, language, at));
        var agent = event.agent().map(agents::get).orElse(null);
        boolean inbound = event.direction().equals("inbound");
        boolean note = event.direction().equals("note");
        if (thread.assignee == null && agent != null && !note) assign(thread, agent, at);
        if (inbound && !thread.status.equals("open")) status(thread, "open", at, null);
        message(event, thread, agent, at);
        if (inbound && thread.waitingSince == null) thread.waitingSince = at;
        if (event.direction().equals("outbound") || event.call().filter(call -> call.outcome().equals("answered"))
                .isPresent()) {
            thread.waitingSince = null;
        }
        if (!note) {
            thread.lastAt = at;
            thread.lastDirection = inbound ? "inbound" : "outbound";
            thread.lastChannel = event.channel();
            thread.lastPreview = preview(event.text());
        }
        event.then().ifPresent(then -> change(thread, then, agent, at));
    }

    private Open begin(DemoContent.Event event, String language, Instant at) {
        var thread = new Open(customers.get(event.customer()), language, event.channel(), at,
                event.subject().orElse(preview(event.text())));
        entries.add(Entry.of("ticket.created", Actor.customer(thread.customer), at).ticket(thread.id)
                .customer(thread.customer)
                .facts(Map.of("channel", event.channel())));
        return thread;
    }

    private void assign(Open thread, UUID agent, Instant at) {
        thread.assignee = agent;
        entries.add(entry("ticket.assigned", Actor.SYSTEM, thread, at).facts(Map.of("agent", agent, "by", "history")));
    }

    private void message(DemoContent.Event event, Open thread, UUID agent, Instant at) {
        boolean inbound = event.direction().equals("inbound");
        boolean note = event.direction().equals("note");
        var id = Ids.at(at);
        var folded = QuoteFolding.fold(event.text());
        var kind = note ? "note" : event.call().isEmpty() ? "message"
                : event.call().get().outcome().equals("voicemail") ? "voicemail" : "call";
        var rfcId = event.channel().equals("email") && !note
                ? id.toString().replace("-", "") + "@history.demo.test" : null;
        var customer = content.customers().stream().filter(one -> customers.get(one.key()).equals(thread.customer))
                .findFirst().orElseThrow();
        var address = customer.identities().stream()
                .filter(one -> one.kind().equals(event.channel().equals("email") ? "email" : "phone"))
                .findFirst().map(DemoContent.Identity::value).orElse("");
        var ours = event.channel().equals("email") ? content.company().supportAddress()
                : event.channel().equals("chat") ? "widget" : content.company().number();
        var author = inbound ? customer.name() : content.company().agents().stream()
                .filter(one -> agents.get(one.key()).equals(agent)).findFirst().map(DemoContent.Agent::name).orElse("");
        var text = event.call().map(call -> call.summary().isBlank() ? event.text() : call.summary())
                .orElse(event.text());
        messages.add(new MessageRow(id, thread.id, thread.customer, note ? "system" : event.channel(),
                note ? "internal" : event.direction(), kind, at, inbound ? "customer" : "agent",
                inbound ? thread.customer : agent, author,
                event.subject().orElse(""), inbound ? address : ours,
                inbound ? List.of(ours) : note ? List.of() : List.of(address),
                List.of(), List.of(), text, event.call().isPresent() || !inbound ? text : folded.visibleText(),
                event.call().isPresent() || !inbound ? "" : folded.foldedText(), inbound ? folded.signature() : "",
                event.html().orElse(null), note ? null : inbound ? "received" : "delivered", 4, "", null, rfcId, "", "",
                List.of(), null, null, null));
        if (rfcId != null) keys.add(new Key("rfc", rfcId, id, thread.id));
        entries.add(entry(note ? "note.added" : inbound ? "message.received" : "message.sent",
                inbound ? Actor.customer(thread.customer) : Actor.agent(agent), thread, at).message(id)
                .facts(Map.of("channel", event.channel())));
    }

    private void change(Open thread, DemoContent.Then then, UUID agent, Instant at) {
        then.priority().ifPresent(priority -> thread.priority = priority);
        then.tags().ifPresent(tags -> thread.tags = tags);
        then.team().ifPresent(team -> thread.team = teams.get(team));
        then.assignee().filter(assignee -> !agents.get(assignee).equals(thread.assignee))
                .ifPresent(assignee -> assign(thread, agents.get(assignee), at));
        then.status().ifPresent(to -> status(thread, to, at, agent));
        then.snoozeMinutes().ifPresent(minutes -> thread.snoozedUntil = now.plus(Duration.ofMinutes(minutes)));
    }

    private void status(Open thread, String to, Instant at, UUID agent) {
        if (to.equals(thread.status)) return;
        entries.add(entry("ticket.changed", agent == null ? Actor.SYSTEM : Actor.agent(agent), thread, at)
                .facts(Map.of("field", "status", "from", thread.status, "to", to)));
        thread.status = to;
        thread.solvedAt = to.equals("solved") ? at : null;
        if (!to.equals("open")) thread.waitingSince = null;
    }

    private static Entry entry(String kind, Actor actor, Open thread, Instant at) {
        return Entry.of(kind, actor, at).ticket(thread.id).customer(thread.customer);
    }

    private TicketRow row(Open thread) {
        boolean queued = thread.status.equals("open") && thread.assignee == null;
        return new TicketRow(thread.id, thread.subject, thread.status, thread.snoozedUntil, thread.priority,
                thread.channel, thread.channel.equals("email") ? content.company().supportAddress()
                        : thread.channel.equals("chat") ? ""
                        : content.company().number(), thread.customer, thread.assignee, thread.team, thread.tags,
                thread.language.equals("en") ? List.of() : List.of("language:" + thread.language), thread.language,
                thread.status.equals("open") ? thread.waitingSince : null, queued ? thread.createdAt : null,
                thread.createdAt,
                thread.lastAt, thread.solvedAt, thread.lastAt, thread.lastDirection, thread.lastChannel,
                thread.lastPreview,
                List.of(), 1, thread.channel.equals("chat") ? thread.lastAt : null);
    }

    private static String preview(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= PREVIEW_CHARS_MAX ? line : line.substring(0, PREVIEW_CHARS_MAX);
    }
}
