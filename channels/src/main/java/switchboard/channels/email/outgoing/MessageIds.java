package switchboard.channels.email.outgoing;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Our own Message-IDs: `<message>.<key id><signature>@<domain>` without angle brackets. One that comes back in
/// References is ours only if the signature says so; even then it tells the thread, never who is writing.
public final class MessageIds {
    private static final String PURPOSE = "message-id-1";
    private static final Pattern FORM = Pattern.compile("([a-z2-7]{26})\\.([a-z2-7]{21})@([a-z0-9.-]{1,255})");

    private final SigningKeys keys;
    private final String domain;

    public MessageIds(SigningKeys keys, String domain) {
        this.keys = keys;
        this.domain = domain.toLowerCase(Locale.ROOT);
    }

    public String mint(UUID message) {
        return Base32.encode(message) + "." + keys.sign(PURPOSE, domain, message.toString()) + "@" + domain;
    }

    /// The id of our message, if this Message-ID is one we made.
    public Optional<UUID> ours(String messageId) {
        var form = FORM.matcher(messageId.toLowerCase(Locale.ROOT));
        if (!form.matches() || !form.group(3).equals(domain)) return Optional.empty();
        return Base32.uuid(form.group(1)).filter(id -> keys.verify(form.group(2), PURPOSE, domain, id.toString()));
    }
}
