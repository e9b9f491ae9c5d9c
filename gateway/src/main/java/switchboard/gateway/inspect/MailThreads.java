package switchboard.gateway.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import switchboard.channels.email.Inspect;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.intake.DryThreading;

/// Groups mails into threads, reading and joining them as intake does. A mail joins every mail that it names in
/// In-Reply-To or References, whether that mail came before, comes later or never comes. Threads that a late mail
/// connects become one here, so the order of arrival doesn't matter.
public final class MailThreads {
    private final DryThreading intake = new DryThreading();
    private final Map<UUID, UUID> parent = new HashMap<>();
    private final TreeMap<String, UUID> present = new TreeMap<>();

    public void add(byte[] raw, DecodedMail mail) {
        var conversations = intake.receive(Inspect.threading(mail));
        var first = conversations.getFirst();
        conversations.forEach(other -> join(first, other));
        var before = present.put(id(raw, mail), first);
        if (before != null) join(before, first);
    }

    /// The Message-ID; one without gets a name of its bytes.
    static String id(byte[] raw, DecodedMail mail) {
        return mail.messageId().isEmpty() ? "sha256:" + Signer.digest(raw) : mail.messageId();
    }

    private void join(UUID one, UUID other) {
        var a = root(one);
        var b = root(other);
        if (!a.equals(b)) parent.put(a, b);
    }

    private UUID root(UUID conversation) {
        var at = conversation;
        while (!parent.computeIfAbsent(at, key -> key).equals(at)) {
            var above = parent.get(parent.get(at));
            parent.put(at, above);
            at = above;
        }
        return at;
    }

    /// The ids of the mails that were added, each thread in order, the threads by their first.
    public List<List<String>> threads() {
        var threads = new LinkedHashMap<UUID, List<String>>();
        present.forEach((id, one) -> threads.computeIfAbsent(root(one), _ -> new ArrayList<>()).add(id));
        return List.copyOf(threads.values());
    }
}
