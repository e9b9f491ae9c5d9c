package switchboard.channels.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import switchboard.channels.simulator.Segments.Encoding;

class SegmentsTest {
    /// The table of Twilio's own segment calculator (sms-segments-calculator 1.2.0, tests/index.test.js).
    @ParameterizedTest(name = "''{0}'' and {1} digits are {3} parts of {2}")
    @CsvSource({"'',160,GSM_7,1,1120,1120", "'',161,GSM_7,2,1127,1223", "'',307,GSM_7,3,2149,2293",
            "😜,68,UCS_2,1,1120,1120", "😜,69,UCS_2,2,1136,1232", "😜,133,UCS_2,3,2160,2304",
            "🇮🇹,66,UCS_2,1,1120,1120", "🇮🇹,67,UCS_2,2,1136,1232",
            "🏳️‍🌈,64,UCS_2,1,1120,1120", "🏳️‍🌈,65,UCS_2,2,1136,1232"})
    void aTextIsCutAsTheCalculatorCutsIt(String start, int digits, Encoding encoding, int count, int size, int total) {
        assertEquals(new Segments(encoding, count, size, total), Segments.of(start + "1".repeat(digits)));
    }

    @Test void anExtensionCharacterCostsTwoAndIsNeverCutInTwo() {
        assertEquals(1, Segments.of("€".repeat(80)).count());
        assertEquals(2, Segments.of("€".repeat(81)).count());
        assertEquals(3, Segments.of("1".repeat(152) + "€" + "1".repeat(152)).count());
    }

    @Test void smartEncodingFoldsTypographyThatWouldForceUcs2() {
        assertEquals(Encoding.UCS_2, Segments.of("“Don’t…”").encoding());
        assertEquals(Encoding.GSM_7, Segments.smart("“Don’t…” – so").encoding());
    }
}
