package switchboard.channels.email;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Tells addresses of internet hosts from this machine, private networks and multicast groups.
public final class PublicAddress {
    private static final int[][] RESERVED = { // first bytes and bits of IPv4 networks (RFC 6890)
        {0, 0, 0, 8}, {100, 64, 0, 10}, {192, 0, 0, 24}, {198, 18, 0, 15}, {240, 0, 0, 4}};

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) return false;
        var bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) return !reserved(bytes);
        if ((bytes[0] & 0xfe) == 0xfc) return false; // fc00::/7
        return carried(bytes) == null || is(v4(carried(bytes)));
    }

    private static boolean reserved(byte[] bytes) {
        int whole = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        for (var one : RESERVED) {
            int network = one[0] << 24 | one[1] << 16 | one[2] << 8;
            if ((whole ^ network) >>> 32 - one[3] == 0) return true;
        }
        return false;
    }

    /// The IPv4 address embedded in an IPv6 one (NAT64, 6to4, IPv4-compatible); null for none.
    private static byte[] carried(byte[] bytes) {
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean low = true;
        for (int i = 0; i < 12; i++) low &= bytes[i] == 0;
        if (nat64 || low) return Arrays.copyOfRange(bytes, 12, 16);
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? Arrays.copyOfRange(bytes, 2, 6) : null;
    }

    private static InetAddress v4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
