package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RelaysTest {
    private static boolean isPublic(String address) {
        try {
            return PublicAddress.is(InetAddress.getByName(address));
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @Test
    @Tag("S6")
    void onlyHostsOfTheInternetArePublic() {
        for (var inside : List.of("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
                "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1",
                "::", "fe80::1", "fc00::1", "fdff::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
                "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1")) {
            assertFalse(isPublic(inside), inside);
        }
        for (var outside : List.of("203.0.113.9", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1",
                "64:ff9b::808:808")) {
            assertTrue(isPublic(outside), outside);
        }
    }

    @Test
    @Tag("S1")
    void aRelaysClientsAreNotJudged() throws Exception {
        var relays = new Relays(List.of("203.0.113.0/24", "2001:db8:1::/48", "198.51.100.7"));
        assertFalse(relays.speaksForItself(InetAddress.getByName("203.0.113.9")));
        assertFalse(relays.speaksForItself(InetAddress.getByName("2001:db8:1:2::3")));
        assertFalse(relays.speaksForItself(InetAddress.getByName("198.51.100.7")));
        assertFalse(relays.speaksForItself(InetAddress.getByName("127.0.0.1")));
        assertTrue(relays.speaksForItself(InetAddress.getByName("198.51.100.8")));
        assertTrue(relays.speaksForItself(InetAddress.getByName("2001:db8:2::3")));
        for (var wrong : List.of("mail.example", "10.0.0.0/33", "10.0.0/", "::/129", "1.2.3.4.5")) {
            assertThrows(IllegalArgumentException.class, () -> new Relays(List.of(wrong)), wrong);
        }
    }
}
