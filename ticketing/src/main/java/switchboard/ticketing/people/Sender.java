package switchboard.ticketing.people;

import java.text.Normalizer;
import java.util.Optional;
import java.util.UUID;

/// Who says that they wrote, and how far the channel vouches for it.
///
/// @param address empty for withheld callers: nobody is meant, and no customer is shared by all of them
/// @param customer set where the channel has proven the person (a signed visitor)
public record Sender(Optional<Address> address, String name, Trust trust, Optional<UUID> customer) {
    public enum Trust {
        /// Signed by somebody we trust, or confirmed by a code.
        PROVEN,
        /// As the channel delivered it; enough to attach an event, never to show history.
        PLAIN,
        /// The channel says that it is probably forged, or the person only claims it: a suggestion at most.
        DOUBTFUL
    }

    /// Names are kept composed (Unicode NFC), so that one letter is one character wherever it is cut, sorted or shown.
    public Sender {
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    public static Sender plain(Optional<Address> address, String name) {
        return new Sender(address, name, Trust.PLAIN, Optional.empty());
    }
}
