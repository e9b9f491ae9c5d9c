package switchboard.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U21")
class ArrivedTest {
    private static Arrived of(String door, String raw) {
        return Arrived.of(door, raw.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMailSaysItsSenderAndSubjectInLetters() {
        var mail = of("smtp", "From: =?utf-8?B?5p2O6Zu3?= <li@x.test>\r\nSubject: =?utf-8?Q?Wo_bleibt_die_T=C3=BCr=3F?="
                + "\r\n\r\nHello");
        assertEquals("mail", mail.kind());
        assertTrue(mail.from().contains("li@x.test"), mail.from());
        assertEquals("Wo bleibt die Tür?", mail.summary());
    }

    @Test
    void aCarriersCallbackSaysWhoWroteWhat() {
        var text = of("sms", "MessageSid=SM1&From=%2B14155550100&To=%2B15005550006&Body=Where+is+it%3F&NumMedia=0");
        assertEquals(new Arrived("text", "+14155550100", "Where is it?"), text);
        assertEquals(new Arrived("delivery", "+14155550100", "undelivered (30003)"),
                of("sms-status", "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003&To=%2B14155550100"));
        assertEquals(new Arrived("call", "+14155550100", "ringing"),
                of("voice", "CallSid=CA1&From=%2B14155550100&CallStatus=ringing"));
    }

    @Test
    void chatsAndFormsSayTheirWordsAndNoJson() {
        assertEquals(new Arrived("form", "Mia", "The strap broke"), of("form",
                "{\"name\":\"Mia\",\"email\":\"mia@x.test\",\"subject\":\"The strap broke\",\"text\":\"Hello\"}"));
        assertEquals("Hi there", of("chat", "{\"kind\":\"message\",\"visitor\":{\"name\":\"Mia\"},"
                + "\"text\":\"Hi there\"}").summary());
    }

    @Test
    void whateverTheBytesAreNothingFailsAndNoCodeIsShown() {
        for (var door : new String[] {"smtp", "sms", "sms-status", "voice", "chat", "form", "imap2"}) {
            for (var raw : new String[] {"", "\0\1\2", "{\"a\":[[[[", "%zz=%", "a=b&&&=c", "<html>",
                "x".repeat(9000)}) {
                var shown = of(door, raw);
                assertFalse(shown.summary().contains("{") || shown.summary().length() > 161, door + ": " + shown);
            }
        }
    }
}
