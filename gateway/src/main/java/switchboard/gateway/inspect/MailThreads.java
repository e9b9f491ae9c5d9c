package switchboard.gateway.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.ticketing.base.Signer;

/// Which mails belong together by what they say of each other: a mail joins every id that it names in In-Reply-To or
/// References, whether that mail has come, comes later or never comes. So two answers to a mail that nobody has are one
/// thread, and the order of arrival changes nothing. Who may join a ticket is another question, which intake asks.
public final class MailThreads {
    private final Map<String, String> parent = new HashMap<>();
    private final TreeSet<String> present = new TreeSet<>();

    public void add(byte[] raw, DecodedMail mail) {
        var id = id(raw, mail);
        present.add(id);
        root(id);
        mail.references().forEach(other -> join(id, other));
        mail.inReplyTo().forEach(other -> join(id, other));
    }

    /// The Message-ID; one without gets a name of its bytes.
    static String id(byte[] raw, DecodedMail mail) {
        return mail.messageId().isEmpty() ? "sha256:" + Signer.digest(raw) : mail.messageId();
    }

    private void join(String one, String other) {
        if (other.isEmpty()) return;
        var a = root(one);
        var b = root(other);
        if (!a.equals(b)) parent.put(a, b);
    }

    private String root(String id) {
        var at = id;
        while (!parent.computeIfAbsent(at, key -> key).equals(at)) {
            var above = parent.get(parent.get(at));
            parent.put(at, above);
            at = above;
        }
        return at;
    }

    /// The ids of the mails that were added, each thread in order, the threads by their first.
    public List<List<String>> threads() {
        var threads = new LinkedHashMap<String, List<String>>();
        present.forEach(id -> threads.computeIfAbsent(root(id), _ -> new ArrayList<>()).add(id));
        return List.copyOf(threads.values());
    }
}
