package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("D41")
class TypedNumberTest {
    @ParameterizedTest(name = "{0} in {1}, of a person who speaks {2}: {3}")
    @CsvSource(nullValues = "none", delimiter = '|', value = {
            "13800138000 | CN | none | +8613800138000",
            "138 0013 8000 | CN | en | +8613800138000",
            "0086 138 0013 8000 | CN | none | +8613800138000",
            "86-13800138000 | CN | none | +8613800138000",
            "86 138 0013 8000 | US | none | +8613800138000",
            "0086-13800138000 | US | none | +8613800138000",
            "(010) 6552 9988 | CN | none | +861065529988",
            "010-65529988 | CN | none | +861065529988",
            "１３８００１３８０００ | CN | none | +8613800138000",
            "＋86 138 0013 8000 | US | none | +8613800138000",
            "+86 (0)10 6552 9988 | US | none | +861065529988",
            "13800138000 | US | zh-CN | +8613800138000",
            "13800138000 | US | en | asked",
            "13800138000 | ZZ | none | asked",
            "13800138000 | ZZ | zh-CN | +8613800138000",
            // A Texan number and a Chinese one.
            "13612345678 | US | zh-CN | asked",
            "13612345678 | US | en | +13612345678",
            "(415) 555-2671 | US | zh-CN | +14155552671",
            "0912 345 678 | US | zh-TW | +886912345678",
            "07400 123456 | GB | en | +447400123456",
            "0171 1234567 | US | de | +491711234567",
            // Dandong or San Francisco.
            "415 555 2671 | CN | en-US | asked",
            "+15551230001 | CN | none | +15551230001",
            "0044 7400 123456 | CN | none | +447400123456",
            "12345 | US | none | asked",
            "10086 | CN | none | asked",
            "*86 | US | none | asked",
            "n/a | US | none | asked",
            "none | US | none | asked"})
    void aTypedNumberIsReadByTheRegionOrAskedAbout(String raw, String region, String language, String value) {
        var read = TypedNumber.read(raw, Region.of(region).orElse(Region.NONE), language);
        assertEquals(value, read instanceof TypedNumber.Read(var address) ? address.value() : "asked");
    }

    @ParameterizedTest(name = "{0} is at home in {1}")
    @CsvSource({"+15005550006, US", "+8613800138000, CN", "+442079460000, GB", "+14165550123, CA", "+852 5123 4567, HK",
            "+882123456789, ZZ", "12345, ZZ"})
    void aLinesOwnNumberTellsItsRegion(String number, String region) {
        assertEquals(region, Region.ofNumber(number).code());
    }

    @ParameterizedTest(name = "{0} is shown as {1}, by which {2} is meant")
    @CsvSource(nullValues = "nobody", delimiter = '|', value = {
            "MY SHOP & CO. | MY SHOP & CO. | nobody",
            "24-7 Pizza | 24-7 Pizza | nobody",
            "800GoFedEx | 800GoFedEx | nobody",
            "sip:bob@example.test;transport=udp?x=1 | sip:bob@example.test | nobody",
            "client:kiosk 1 | client:kiosk 1 | nobody",
            "*86 | *86 | nobody",
            "+266696687 | '' | nobody",
            "Restricted | '' | nobody",
            "unavailable | '' | nobody",
            "32665 | '' | 32665",
            "138 0013 8000 | '' | +8613800138000",
            "13800138000 | '' | +8613800138000",
            "+15551230001 | '' | +15551230001"})
    void whatTheCarrierGaveIsShown(String from, String name, String value) {
        var sender = Sender.given(from, new Region("CN"));
        assertEquals(name, sender.name());
        assertEquals(value, sender.address().map(Address::value).orElse(null));
    }
}
