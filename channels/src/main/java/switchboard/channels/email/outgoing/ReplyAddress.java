package switchboard.channels.email.outgoing;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The address a customer answers to: `<mailbox>+<ticket>.<key id><signature>@<domain>`. The signature binds ticket,
/// mailbox domain and the one recipient it was given to, so it is worth nothing to anyone else and cannot be guessed.
/// There is no unsigned form.
public final class ReplyAddress {
    private static final String PURPOSE = "reply-address-1";
    /// A local part has 64 characters (RFC 5321): the two separators and the ticket take 28, a signature 21. A longer
    /// mailbox name leaves less for the signature, down to 65 bits, which is far more than can be tried by mail.
    static final int MAILBOX_CHARS_MAX = 22;
    private static final int ROOM = 64 - 28;
    private static final int SIGNATURE_CHARS_MAX = 21;
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9._-]{1,22})\\+([a-z2-7]{26})\\.([a-z2-7]{14,21})@([a-z0-9.-]{1,255})");

    private final SigningKeys keys;
    private final String mailbox;
    private final String domain;

    /// @param mailbox what stands before the plus, at most `MAILBOX_CHARS_MAX` characters
    public ReplyAddress(SigningKeys keys, String mailbox, String domain) {
        this.keys = keys;
        this.mailbox = mailbox.toLowerCase(Locale.ROOT);
        this.domain = domain.toLowerCase(Locale.ROOT);
        if (!fits(mailbox)) throw new IllegalArgumentException("the mailbox has 1 to 22 characters");
    }

    /// Whether a mailbox of this name can carry a token.
    public static boolean fits(String mailbox) {
        return !mailbox.isEmpty() && mailbox.length() <= MAILBOX_CHARS_MAX;
    }

    private int signatureChars() {
        return Math.min(SIGNATURE_CHARS_MAX, ROOM - mailbox.length());
    }

    /// What a token says before it is known who uses it.
    public record Token(UUID ticket, String signature) {}

    public String mint(UUID ticket, String recipient) {
        var signature = keys.sign(PURPOSE, domain, ticket.toString(), recipient.toLowerCase(Locale.ROOT));
        return mailbox + "+" + Base32.encode(ticket) + "." + signature.substring(0, signatureChars()) + "@" + domain;
    }

    /// The token in an address of ours; it proves nothing until `belongsTo` holds.
    public Optional<Token> parse(String address) {
        if (address.indexOf('+') < 0) return Optional.empty();
        var form = FORM.matcher(address.toLowerCase(Locale.ROOT));
        if (!form.matches() || !form.group(1).equals(mailbox) || !form.group(4).equals(domain)
                || form.group(3).length() != signatureChars()) return Optional.empty();
        return Base32.uuid(form.group(2)).map(ticket -> new Token(ticket, form.group(3)));
    }

    /// Whether this token was given to this sender; compared in constant time.
    public boolean belongsTo(Token token, String sender) {
        return token.signature().length() == signatureChars() && keys.verify(token.signature(), PURPOSE, domain,
                token.ticket().toString(), sender.toLowerCase(Locale.ROOT));
    }

    /// The ticket, when the address is genuine and was given to this sender.
    public Optional<UUID> verify(String address, String sender) {
        return parse(address).filter(token -> belongsTo(token, sender)).map(Token::ticket);
    }
}
