package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import switchboard.channels.chat.Places.Verdict;

class PlacesTest {
    private final Places places = new Places();

    @Test
    void oneAddressHasItsOwnLimitAndWhatItLeavesIsFree() {
        for (int i = 0; i < 100; i++) assertEquals(Verdict.TAKEN, places.take("a", 100));
        assertEquals(Verdict.TOO_MANY, places.take("a", 100));
        assertEquals(Verdict.TAKEN, places.take("b", 100));
        places.leave("a");
        assertEquals(Verdict.TAKEN, places.take("a", 100));
        assertEquals(Verdict.TOO_MANY, places.take("a", 100));
    }

    @Test
    void allTogetherHaveOneToo() {
        for (int i = 0; i < Places.SOCKETS_MAX; i++) assertEquals(Verdict.TAKEN, places.take("a" + i % 200, 100));
        assertEquals(Verdict.FULL, places.take("b", 100));
        places.leave("a7");
        assertEquals(Verdict.TAKEN, places.take("b", 100));
        assertEquals(Verdict.FULL, places.take("b", 100));
    }
}
