package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.channels.line.Office;
import switchboard.channels.twilio.FormBody;

/// A text comes in whatever sender the carrier names, and the agent sees that sender.
@Timeout(90)
class GivenSendersTest {
    private static Office office;

    @BeforeAll static void open() {
        office = new Office();
        office.play(() -> office.database.sql().execute("""
                insert into phone_number (id, number, name, team_id) values ($1, '+8675566667777', 'Shenzhen', $2)""",
                UUID.randomUUID(), office.team));
    }

    @AfterAll static void close() {
        office.close();
    }

    private static int text(String from, String to, String body) throws Exception {
        var sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        return office.post("/webhooks/twilio/sms", FormBody.of("MessageSid", sid, "AccountSid", Office.ACCOUNT,
                "From", from, "To", to, "Body", body, "NumMedia", "0"), Office.TOKEN, UnaryOperator.identity())
                .statusCode();
    }

    private static String column(String body, String column) {
        office.awaitRow("the text " + body, "select 1 from message where text = $1", body);
        return office.database.sql().value(String.class, "select " + column + " from message m join customer c on "
                + "c.id = m.customer_id left join identity i on i.customer_id = c.id where m.text = $1", body)
                .orElse("nobody");
    }

    @Tag("D01")
    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '"', delimiter = '|', value = {
            "MY SHOP", "A&B Parcels", "Dr. Lee", "24-7 Pizza", "X=Y", "O'Neill", "Café Zoë", "顺丰速运", " lead", "-dash-",
            "_low", "#1 Taxi", "\"Line\tTab\"", "SHOP: news", "800GoFedEx", "+ToGo", "@home", "*86", "a"})
    void aTextFromASendersNameComesInWhateverSignsItHas(String from) {
        office.play(() -> {
            var body = "from " + from.strip();
            assertEquals(200, text(from, Office.NUMBER, body));
            assertEquals(from.strip().replaceAll("\\p{Cntrl}", " "), column(body, "c.name"));
            assertEquals("nobody", column(body, "i.value"));
        });
    }

    @Tag("D01")
    @Test void aNameOfAnyLengthAndOneWithControlCharactersComesIn() {
        office.play(() -> {
            assertEquals(200, text("N".repeat(3000), Office.NUMBER, "long name"));
            assertTrue(column("long name", "c.name").startsWith("NNNN"));
            assertEquals(200, text("Bell\u0007\u0000 Co", Office.NUMBER, "bell"));
            assertTrue(column("bell", "c.name").startsWith("Bell"));
            assertEquals(200, text("", Office.NUMBER, "withheld"));
            assertEquals("nobody", column("withheld", "i.value"));
        });
    }

    @Tag("D41")
    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(nullValues = "nobody", delimiter = '|', value = {
            "13800138000 | +8675566667777 | +8613800138000",
            "008613800138000 | +8675566667777 | +8613800138000",
            "010 6552 9988 | +8675566667777 | +861065529988",
            "+8613912345678 | +15005550006 | +8613912345678",
            "4155552671 | +15005550006 | +14155552671",
            "10690012 | +8675566667777 | nobody",
            "32665 | +15005550006 | 32665"})
    void aNumberIsReadByTheRegionOfTheLineThatItReached(String from, String to, String value) {
        office.play(() -> {
            var body = from + " to " + to;
            assertEquals(200, text(from, to, body));
            assertEquals(value == null ? "nobody" : value, column(body, "i.value"));
        });
    }

    @Tag("D41")
    @Test void theRegionOfALineIsASetting() {
        office.play(() -> {
            office.database.sql().execute("insert into phone_number (id, number, name, region) values ($1, "
                    + "'+15005550010', 'Bay', 'GB')", UUID.randomUUID());
            assertEquals(200, text("07400 123456", "+15005550010", "from Britain"));
            assertEquals("+447400123456", column("from Britain", "i.value"));
        });
    }

    @Tag("D07")
    @Test void aTextOfAnyLengthIsKeptAndControlCharactersHarmNothing() {
        office.play(() -> {
            var long1 = "长".repeat(4000);
            assertEquals(200, text("+15551230444", Office.NUMBER, long1));
            assertEquals("+15551230444", column(long1, "i.value"));
            assertEquals(200, text("+15551230444", Office.NUMBER, "a\u0000b\u0007c 👩‍👩‍👧 end"));
            office.awaitRow("the text", "select 1 from message where text like 'a%c%end'");
            assertEquals(200, text("+15551230444", Office.NUMBER, ""));
        });
    }
}
