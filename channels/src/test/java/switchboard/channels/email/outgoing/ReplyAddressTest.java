package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplyAddressTest {
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final SigningKeys BOTH = new SigningKeys('b', Map.of('a', OLD, 'b', NEW));
    private final ReplyAddress addresses = new ReplyAddress(BOTH, "reply", "demo.test");
    private final UUID ticket = UUID.fromString("0190b5a2-1111-7abc-8def-0123456789ab");

    @Test void knows_its_own_address_again_for_the_one_it_was_given_to() {
        var address = addresses.mint(ticket, "Bo@Kunde.test");
        assertEquals(Optional.of(ticket), addresses.verify(address, "bo@kunde.test"));
        assertEquals(Optional.of(ticket), addresses.verify(address.toUpperCase(Locale.ROOT), "BO@kunde.test"));
        assertTrue(address.substring(0, address.indexOf('@')).length() <= 64);
    }

    @Test void a_longer_mailbox_name_leaves_a_shorter_signature_and_never_none() {
        for (var name : List.of("reply", "customers123456", "customer-support", "x".repeat(22))) {
            var longer = new ReplyAddress(BOTH, name, "demo.test");
            var address = longer.mint(ticket, "bo@kunde.test");
            assertTrue(address.indexOf('@') <= 64, address);
            assertEquals(Optional.of(ticket), longer.verify(address, "bo@kunde.test"));
            assertEquals(Optional.empty(), longer.verify(address, "eve@kunde.test"));
            assertEquals(Optional.empty(), longer.verify(address.replace("@", "a@"), "bo@kunde.test"), "one more");
            var at = address.indexOf('@');
            for (int cut = 1; cut < 21; cut++) {
                assertEquals(Optional.empty(), longer.verify(address.substring(0, at - cut) + address.substring(at),
                        "bo@kunde.test"), "cut short");
            }
        }
        assertTrue(ReplyAddress.fits("x".repeat(22)));
        assertFalse(ReplyAddress.fits("x".repeat(23)));
    }

    @Test @Tag("T67") void believes_no_changed_character() {
        var address = addresses.mint(ticket, "bo@kunde.test");
        for (int i = 0; i < address.indexOf('@'); i++) {
            for (char c : "ab2.+x".toCharArray()) {
                var forged = address.substring(0, i) + c + address.substring(i + 1);
                if (!forged.equals(address))
                        assertEquals(Optional.empty(), addresses.verify(forged, "bo@kunde.test"), forged);
            }
        }
    }

    @Test @Tag("T67") void is_worth_nothing_to_another_person_another_domain_or_after_its_key_is_gone() {
        var address = addresses.mint(ticket, "bo@kunde.test");
        assertEquals(Optional.empty(), addresses.verify(address, "eve@kunde.test"));
        assertEquals(Optional.empty(),
                new ReplyAddress(BOTH, "reply", "other.test")
                .verify(address.replace("demo.test", "other.test"), "bo@kunde.test"));
        assertEquals(Optional.empty(), new ReplyAddress(new SigningKeys('a', Map.of('a', OLD)), "reply", "demo.test")
                .verify(address, "bo@kunde.test"));
        assertEquals(Optional.of(ticket),
                addresses.verify(new ReplyAddress(new SigningKeys('a', Map.of('a', OLD)), "reply", "demo.test")
                .mint(ticket, "bo@kunde.test"), "bo@kunde.test"));
    }

    @Test @Tag("T72") void gives_ten_thousand_addresses_that_share_nothing() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            var address = addresses.mint(new UUID(7, i), "bo@kunde.test");
            assertTrue(seen.add(address.substring(address.indexOf('.') + 2, address.indexOf('@')).substring(0, 10)));
        }
    }

    @Test void knows_its_own_message_ids_and_no_others() {
        var ids = new MessageIds(BOTH, "demo.test");
        var message = UUID.randomUUID();
        var id = ids.mint(message);
        assertEquals(Optional.of(message), ids.ours(id));
        assertEquals(Optional.empty(), ids.ours(id.replace("@demo.test", "@evil.test")));
        assertEquals(Optional.empty(), ids.ours(ids.mint(UUID.randomUUID()).substring(0, 27) + id.substring(27)));
        assertEquals(Optional.empty(), new MessageIds(new SigningKeys('b', Map.of('b', OLD)), "demo.test").ours(id));
        assertEquals(Optional.empty(), ids.ours("x@demo.test"));
        assertEquals(Optional.empty(), addresses.verify("reply+" + id, "bo@kunde.test"));
    }

    @Test void refuses_weak_or_missing_keys() {
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys('a', Map.of('b', OLD)));
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys('a', Map.of('a', new byte[31])));
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys('!', Map.of('!', OLD)));
    }

    private static byte[] key(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
