package switchboard.channels.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Tailer;
import switchboard.ticketing.journal.Worker;

/// Follows the journal for the windows open in this process: replies that were sent, conversations that ended, agents
/// who came or went. So a reply reaches its window whichever process delivered it.
final class LiveChat implements AutoCloseable {
    /// Hours begin and end without anybody doing anything.
    private static final Duration HOURS_LOOKED_AT = Duration.ofMinutes(1);

    private final Journal journal;
    private final History history;
    private final Widgets widgets;
    private final Sockets sockets;
    private Tailer tailer;
    private Worker clock;
    private boolean open;

    LiveChat(Journal journal, History history, Widgets widgets, Sockets sockets) {
        this.journal = journal;
        this.history = history;
        this.widgets = widgets;
        this.sockets = sockets;
    }

    void start() {
        open = ChatChannel.open(widgets.current(), history);
        tailer = Tailer.local(journal, "chat", journal.last(), this::follow);
        clock = new Worker("chat-hours", HOURS_LOOKED_AT, () -> {
            look();
            return false;
        }).start();
    }

    private void follow(List<Sequenced> batch) {
        // First, and even when no window is open: the next one is told what holds then.
        if (batch.stream().anyMatch(entry -> entry.kind().equals("agent.changed"))) look();
        if (sockets.visitors().isEmpty()) return;
        var sent = new ArrayList<UUID>();
        var changed = new java.util.LinkedHashSet<UUID>();
        for (var entry : batch) {
            switch (entry.kind()) {
                case "message.status" -> {
                    if (is(entry, "channel", "chat") && is(entry, "status", "sent")) sent.add(entry.messageId());
                }
                case "ticket.changed", "ticket.assigned", "ticket.unassigned", "chat.ended" ->
                        changed.add(entry.ticketId());
                default -> {}
            }
        }
        if (!sent.isEmpty()) replies(sent);
        changed.forEach(this::changed);
    }

    private static boolean is(Sequenced entry, String fact, String value) {
        return entry.facts().path(fact).asText().equals(value);
    }

    private void replies(List<UUID> sent) {
        for (var shown : history.shown(sent)) {
            var line = shown.line();
            sockets.send(shown.visitorId(), "message", Map.of("id", line.id(), "at", line.at(),
                    "direction", line.direction(), "author", line.author(), "text", line.text()));
        }
    }

    private void changed(UUID ticket) {
        if (ticket == null) return;
        var visitor = history.visitorOf(ticket).filter(sockets::here);
        var standing = visitor.flatMap(_ -> history.standingOf(ticket));
        if (standing.isEmpty()) return;
        var frame = new HashMap<String, Object>();
        frame.put("open", isOpen());
        frame.put("agentName", standing.get().agentName());
        frame.put("ended", standing.get().ended());
        sockets.send(visitor.get(), "presence", frame);
        if (standing.get().ended()) sockets.send(visitor.get(), "ended", Map.of());
    }

    private synchronized boolean isOpen() {
        return open;
    }

    /// Whether somebody answers now, told to every window when it is not as before.
    synchronized void look() {
        boolean now = ChatChannel.open(widgets.current(), history);
        if (now == open) return;
        open = now;
        for (var visitor : sockets.visitors()) sockets.send(visitor, now ? "online" : "offline", Map.of());
    }

    @Override
    public void close() {
        if (tailer != null) tailer.close();
        if (clock != null) clock.close();
    }
}
