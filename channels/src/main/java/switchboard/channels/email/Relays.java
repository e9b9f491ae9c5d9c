package switchboard.channels.email;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/// Our own mail servers and others that forward to us. Their mail comes from third parties, so their addresses say
/// nothing about the senders.
public final class Relays {
    private static final Pattern FORM = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private record Network(byte[] base, int bits) {
        boolean holds(byte[] address) {
            if (address.length != base.length) return false;
            int rest = address.length * 8 - bits;
            return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, base).shiftRight(rest));
        }
    }

    private final List<Network> networks;

    /// @param written addresses and networks, such as `203.0.113.7` and `2001:db8::/32`
    /// @throws IllegalArgumentException with the entry that is neither
    public Relays(List<String> written) {
        this.networks = written.stream().map(Relays::network).toList();
    }

    /// Whether the client's address suggests that it is the sender's own server.
    public boolean speaksForItself(InetAddress client) {
        return PublicAddress.is(client) && networks.stream().noneMatch(one -> one.holds(client.getAddress()));
    }

    private static Network network(String text) {
        var form = FORM.matcher(text);
        try {
            if (form.matches()) {
                var base = InetAddress.getByName(form.group(1)).getAddress();
                int bits = form.group(2) == null ? base.length * 8 : Integer.parseInt(form.group(2));
                if (bits <= base.length * 8) return new Network(base, bits);
            }
        } catch (UnknownHostException wrong) {
            // thrown below
        }
        throw new IllegalArgumentException(text);
    }
}
