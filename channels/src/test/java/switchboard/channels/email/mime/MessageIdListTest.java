package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdListTest {
    @ParameterizedTest
    @ValueSource(strings = {"bo@home.test's message of Tue, 3 Mar 2026", "Your message of Monday to anna@shop.test",
            "message from Bo <bo@home.test> of Monday", "bo@home.test (Bo) wrote on Monday", "", "Monday"})
    void wordsAroundAnAddressAreNoName(String field) {
        assertEquals(List.of(), MessageIdList.parse(field));
    }

    @Test
    void idsAreFoundInBracketsAmongWordsOrBareWhereTheFieldIsNothingElse() {
        assertEquals(List.of("a@x.test"), MessageIdList.parse("Your message of \"Tue, 3 Mar 2026\" <a@x.test>"));
        assertEquals(List.of("a@x.test"), MessageIdList.parse("bo@home.test's message of Monday <a@x.test>"));
        assertEquals(List.of("a@x.test", "b@x.test"), MessageIdList.parse("a@x.test, b@x.test"));
        assertEquals(List.of("a@x.test"), MessageIdList.parse("a@x.test (added by the relay)"));
        assertEquals(List.of("a@x.test", "b@x.test"), MessageIdList.parse("<a@x.test>\r\n <b@x.test>"));
        assertEquals(List.of("ab@x.test"), MessageIdList.parse("<a b@x.test>"));
    }
}
