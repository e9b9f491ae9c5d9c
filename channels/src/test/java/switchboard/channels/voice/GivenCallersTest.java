package switchboard.channels.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.channels.line.Office;
import switchboard.channels.twilio.FormBody;

/// A call is accepted whatever caller id the network gives, and the agent sees it.
@Timeout(90)
class GivenCallersTest {
    private static VoiceOffice office;

    @BeforeAll static void open() {
        office = new VoiceOffice();
        office.play(() -> office.database.sql().execute("""
                insert into phone_number (id, number, name, team_id, menu) values ($1, '+8675566667777', 'Shenzhen', $2,
                  '[{"digit": "1", "label": "orders"}]')""", UUID.randomUUID(), office.team));
    }

    @AfterAll static void close() {
        office.play(() -> office.database.sql().execute("update call set state = 'ended'"));
        office.close();
    }

    private static String call(FormBody more, String to) throws Exception {
        var sid = "CA" + UUID.randomUUID().toString().replace("-", "");
        var form = FormBody.of("CallSid", sid, "AccountSid", Office.ACCOUNT, "To", to, "CallStatus", "ringing");
        for (var field : more.fields()) form = form.with(field.name(), field.value());
        var answer = office.post("/webhooks/twilio/voice", form, Office.TOKEN, UnaryOperator.identity());
        assertEquals(200, answer.statusCode());
        return sid;
    }

    private static String column(String sid, String column) {
        return office.database.sql().value(String.class, "select " + column + " from call k join ticket t on "
                + "t.id = k.ticket_id join customer c on c.id = k.customer_id left join identity i on "
                + "i.customer_id = c.id where k.call_sid = $1", sid).orElse("nobody");
    }

    @Tag("D20")
    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource(delimiter = '|', value = {
            "sip:bob@example.test | sip:bob@example.test",
            "sip:bob@example.test:5060;transport=udp;user=phone | sip:bob@example.test:5060",
            "sip:+4930123456@host.example;tag=a=b&c | sip:+4930123456@host.example",
            "Anna Schmidt | Anna Schmidt",
            "*86 | *86",
            "client:front desk | client:front desk",
            "whatsapp:+15551230777 | whatsapp:+15551230777",
            "#31#5551234 | #31#5551234",
            "tel:+1-415-555-2671 | +14155552671",
            "32665 | 32665",
            "+15551230001 | +15551230001"})
    void aCallIsTakenFromWhateverTheNetworkSaysAndTheAgentSeesIt(String from, String shown) {
        office.play(() -> {
            var sid = call(FormBody.of("From", from), Office.NUMBER);
            assertTrue(column(sid, "t.subject").contains(shown), column(sid, "t.subject"));
            assertEquals(from, column(sid, "k.number"));
        });
    }

    @Tag("D20")
    @Test void withheldCallersAreKeptApartInWhateverWordTheyCome() {
        office.play(() -> {
            for (var from : new String[] {"anonymous", "Restricted", "unavailable", "UNKNOWN", "private", "+266696687",
                    "266696687", "+86282452253", ""}) {
                var sid = call(FormBody.of("From", from), Office.NUMBER);
                assertEquals("Caller without a number", column(sid, "c.name"), from);
                assertTrue(column(sid, "t.subject").contains("withheld number"), column(sid, "t.subject"));
                assertEquals("nobody", column(sid, "i.value"), from);
            }
            assertEquals("Caller without a number", column(call(FormBody.empty(), Office.NUMBER), "c.name"));
            assertEquals(office.count("call where number = any('{anonymous,Restricted,unavailable}')"),
                    office.count("(select distinct customer_id from call where number = "
                            + "any('{anonymous,Restricted,unavailable}')) x"));
        });
    }

    @Tag("D41")
    @Test void aCallersNumberIsReadByTheRegionOfTheLine() {
        office.play(() -> {
            assertEquals("+8613800138000", column(call(FormBody.of("From", "13800138000"), "+8675566667777"),
                    "i.value"));
            assertEquals("+14155552671", column(call(FormBody.of("From", "4155552671"), Office.NUMBER), "i.value"));
        });
    }
}
