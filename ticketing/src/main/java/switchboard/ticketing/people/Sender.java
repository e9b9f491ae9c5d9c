package switchboard.ticketing.people;

import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who says that they wrote, and how far the channel vouches for it.
///
/// @param address empty for withheld callers: nobody is meant, and no customer is shared by all of them
/// @param customer set where the channel has proven the person (a signed visitor)
/// @param auth the result of the sender check as the timeline shows it: `verdict` and `detail`; null without one
public record Sender(Optional<Address> address, String name, Trust trust, Optional<UUID> customer,
                     Map<String, String> auth) {
    public enum Trust {
        /// Signed by somebody we trust, or confirmed by a code.
        PROVEN,
        /// The address's domain vouches for it: it signed the mail, or named the sending host.
        VOUCHED,
        /// As the channel delivered it; enough to attach an event, never to show history.
        PLAIN,
        /// Checked, without proof. Plain, unless the address has been vouched for before.
        UNVOUCHED,
        /// The channel says that it is probably forged, or the person only claims it: a suggestion at most.
        DOUBTFUL
    }

    private static final int SHOWN_CHARS_MAX = 120;

    /// Names are kept composed (Unicode NFC), so that one letter is one character wherever it is cut, sorted or shown.
    public Sender {
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    public Sender(Optional<Address> address, String name, Trust trust, Optional<UUID> customer) {
        this(address, name, trust, customer, null);
    }

    /// The caller or texter as the carrier gave it: a number, a sender name, another network's address or a key
    /// sequence. The last three are no address of ours, but the agent sees them.
    ///
    /// @param region of the line that was reached
    public static Sender given(String from, Region region) {
        boolean name = from.chars().anyMatch(Character::isLetter) && !from.startsWith("tel:");
        var address = name ? Optional.<Address>empty() : Address.given(from, region);
        return plain(address, address.isPresent() || Address.withheld(from) ? "" : shown(from));
    }

    /// A SIP address without its parameters; everything else unchanged.
    private static String shown(String from) {
        var clean = from.replaceAll("\\p{Cntrl}", " ").strip();
        var plain = clean.matches("(?i)sips?:.*") ? clean.replaceFirst("[;?].*$", "") : clean;
        return plain.length() <= SHOWN_CHARS_MAX ? plain : plain.substring(0, SHOWN_CHARS_MAX) + "…";
    }

    public static Sender plain(Optional<Address> address, String name) {
        return new Sender(address, name, Trust.PLAIN, Optional.empty());
    }
}
