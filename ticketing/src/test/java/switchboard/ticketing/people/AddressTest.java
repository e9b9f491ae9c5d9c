package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(nullValues = "nobody", delimiter = '|', value = {
            "07400 123456 | GB | +447400123456",
            "+39 06 698 1234 | US | +39066981234",
            "011 15-2345-6789 | AR | +5491123456789",
            "+5215512345678 | US | +525512345678",
            "+525512345678 | US | +525512345678",
            "32665 | US | 32665",
            "1-800-FLOWERS | US | +18003569377",
            "tel:+1-415-555-2671;ext=12 | US | +14155552671",
            "+1 415 555 2671 x12 | US | +14155552671",
            "+15558675310 | US | +15558675310",
            "+15005550006 | US | +15005550006",
            "(415) 555-2671 | US | +14155552671",
            "whatsapp:+14155552671 | US | nobody",
            "client:agent_1 | US | nobody",
            "client:14155552671 | US | nobody",
            "sip:+14155552671@carrier.test | US | nobody",
            "MYBANK24 | US | nobody",
            "Shop4155552671 | US | nobody",
            "5552671 | US | nobody",
            "anonymous | US | nobody",
            "Anonymous | US | nobody",
            "+266696687 | US | nobody",
            "+7378742833 | US | nobody",
            "+2562533 | US | nobody",
            "'' | US | nobody",
            "no number | US | nobody"})
    void aNumberIsComparedInOneForm(String raw, String region, String value) {
        assertEquals(value, Address.phone(raw, region).map(Address::value).orElse(null));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(nullValues = "nobody", delimiter = '|', value = {
            "Mia@Example.TEST | mia@example.test",
            "mia+shop@example.test | mia+shop@example.test",
            "m.i.a@example.test | m.i.a@example.test",
            "' mia@example.test ' | mia@example.test",
            "mia@bücher.test | mia@xn--bcher-kva.test",
            "mia@BÜCHER.test | mia@xn--bcher-kva.test",
            "'jose\u0301@example.test' | jos\u00e9@example.test",
            "mia@example.test, other@example.test | nobody",
            "mia@@example.test | nobody",
            "mia@example..test | nobody",
            "mia@exam ple.test | nobody",
            "Mia <mia@example.test> | nobody",
            "mia | nobody",
            "@example.test | nobody",
            "'' | nobody"})
    void aMailAddressIsComparedInOneForm(String raw, String value) {
        assertEquals(value, Address.email(raw).map(Address::value).orElse(null));
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void aLocalPartHasAtMost64Characters(int chars, boolean fits) {
        assertEquals(fits, Address.email("x".repeat(chars) + "@example.test").isPresent());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(nullValues = "nobody", value = {"chat,abc,abc", "external,' id 1 ',id 1", "chat,'',nobody",
            "fax,123456789,nobody", "phone,+14155552671,+14155552671", "email,A@B.test,a@b.test"})
    void anAddressIsOfAKnownKind(String kind, String raw, String value) {
        assertEquals(value, Address.of(kind, raw).map(Address::value).orElse(null));
    }
}
