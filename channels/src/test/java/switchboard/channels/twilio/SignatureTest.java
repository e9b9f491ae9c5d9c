package switchboard.channels.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors are those of Twilio's SDK tests (RequestValidatorTest) and documentation.
class SignatureTest {
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final FormBody FORM = FormBody.of("CallSid", "CA1234567890ABCDE", "Caller", "+14158675309",
            "Digits", "1234", "From", "+14158675309", "To", "+18005551212");
    private final Signature signature = new Signature(List.of("12345"));

    @ParameterizedTest
    @CsvSource({"https://mycompany.com/myapp.php?foo=1&bar=2,RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            "https://mycompany.com:443/myapp.php?foo=1&bar=2,RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            "https://mycompany.com/myapp.php?foo=1&bar=2,kvajT1Ptam85bY51eRf/AJRuM3w=",
            "https://mycompany.com:443/myapp.php?foo=1&bar=2,kvajT1Ptam85bY51eRf/AJRuM3w=",
            "http://mycompany.com/myapp.php?foo=1&bar=2,0ZXoZLH/DfblKGATFgpif+LLRf4=",
            "http://mycompany.com:80/myapp.php?foo=1&bar=2,0ZXoZLH/DfblKGATFgpif+LLRf4=",
            "http://mycompany.com:1234/myapp.php?foo=1&bar=2,Zmvh+3yNM1Phv2jhDCwEM3q5ebU="})
    void aSignedFormIsAcceptedWithTheDefaultPortOrWithout(String url, String header) {
        assertTrue(signature.verify(url, FORM, header));
    }

    @Test void aRequestWithoutFieldsIsSignedByItsUrlAlone() {
        assertTrue(signature.verify(URL, FormBody.empty(), "zYQTYrRWXE7LtzbG4PfP7/bkkGo="));
    }

    @Test void aJsonBodyIsCoveredByItsDigestInTheUrl() {
        byte[] body = "{\"property\": \"value\", \"boolean\": true}".getBytes(StandardCharsets.UTF_8);
        String digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        assertEquals(digest, Signature.sha256(body));
        assertTrue(signature.verifyBody(URL + "&bodySHA256=" + digest, body, "a9nBmqA0ju/hNViExpshrM61xv4="));
        assertFalse(signature.verifyBody(URL + "&bodySHA256=" + digest, new byte[] {1},
                "a9nBmqA0ju/hNViExpshrM61xv4="));
        assertFalse(signature.verifyBody(URL, body, "a9nBmqA0ju/hNViExpshrM61xv4="));
    }

    @Test void theDocumentedVectorIsReproduced() {
        var form = FormBody.of("CallSid", "CA1234567890ABCDE", "Caller", "+14158675310", "Digits", "1234",
                "From", "+14158675310", "To", "+18005551212");
        assertEquals("L/OH5YylLD5NRKLltdqwSvS0BnU=",
                Signature.sign("12345", "https://example.com/myapp.php?foo=1&bar=2", form));
    }

    @Test void anyDifferenceMakesItFalse() {
        String good = Signature.sign("12345", URL, FORM);
        assertFalse(signature.verify(URL.replace("https", "http"), FORM, good));
        assertFalse(signature.verify(URL.replace("myapp.php", "myapp.php/"), FORM, good));
        assertFalse(signature.verify("https://mycompany.com/myapp.php?bar=2&foo=1", FORM, good));
        assertFalse(signature.verify(URL + "#rc=2", FORM, good));
        assertFalse(signature.verify(URL.replace("mycompany", "MyCompany"), FORM, good));
        assertFalse(signature.verify(URL, FORM.with("Extra", ""), good));
        assertFalse(signature.verify(URL, FORM, null));
        assertFalse(signature.verify(URL, FORM, ""));
        assertFalse(new Signature(List.of("54321")).verify(URL, FORM, good));
        assertTrue(new Signature(List.of("54321", "12345")).verify(URL, FORM, good), "both tokens count in a rotation");
    }

    @Test void namesDifferByCaseAndARepeatedNameCountsEachValueOnce() {
        var repeated = FormBody.parse("x=2&X=1&x=1&x=2");
        assertEquals(Signature.sign("12345", URL, FormBody.of("X", "1", "x", "1x2")),
                Signature.sign("12345", URL, repeated));
        assertEquals(List.of("2", "1", "2"), repeated.all("x"));
    }

    @Test void theSdkAgreesOnThousandsOfForms() {
        var random = new Random(7);
        var validator = new RequestValidator("12345");
        for (int round = 0; round < 3000; round++) {
            var fields = new HashMap<String, String>();
            var form = FormBody.empty();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String name = "P" + random.nextInt(1000) + "_" + i;
                String value = random.ints(random.nextInt(12), 32, 0x2FFF).collect(StringBuilder::new,
                        StringBuilder::appendCodePoint, StringBuilder::append).toString();
                fields.put(name, value);
                form = form.with(name, value);
            }
            String url = "https://h" + random.nextInt(9) + ".test" + (random.nextBoolean() ? ":8443" : "") + "/a?q="
                    + round;
            String header = Signature.sign("12345", url, form);
            assertTrue(validator.validate(url, fields, header), "round " + round);
            assertTrue(signature.verify(url, FormBody.parse(form.encoded()), header), "round " + round);
        }
    }

    @Test void aFormKeepsOrderLongFieldsAndMalformedPercentSigns() {
        var form = FormBody.parse("b=1&a=%E4%BD%A0+x&c=100%&d&e=%4" + "&long=" + "y".repeat(9000));
        assertEquals("b,a,c,d,e,long", String.join(",", form.fields().stream().map(FormBody.Field::name).toList()));
        assertEquals("你 x", form.get("a"));
        assertEquals("100%", form.get("c"));
        assertEquals("", form.get("d"));
        assertEquals("%4", form.get("e"));
        assertEquals(9000, form.get("long").length());
    }

    @Test void aFormOfSixtyFourKibibytesIsReadAndOneByteMoreIsNot() {
        assertEquals(1, FormBody.parse("a".repeat(FormBody.SIZE_BYTES_MAX).getBytes(StandardCharsets.UTF_8)).fields()
                .size());
        byte[] tooLarge = new byte[FormBody.SIZE_BYTES_MAX + 1];
        assertThrows(IllegalArgumentException.class, () -> FormBody.parse(tooLarge));
    }

    @Test void aFormOfFiveHundredFieldsIsReadAndOneMoreIsNot() {
        var most = "a=1&".repeat(FormBody.FIELDS_MAX - 1) + "b=2";
        assertEquals(FormBody.FIELDS_MAX, FormBody.parse(most).fields().size());
        assertEquals("2", FormBody.parse(most).get("b"));
        assertThrows(IllegalArgumentException.class, () -> FormBody.parse(most + "&c"));
    }
}
