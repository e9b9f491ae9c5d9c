package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @Tag("D40")
    @CsvSource(delimiter = '|', value = {
        "Mia Lund|Lund, Mia|true", "Mia|Mia Lund|true", "MIA LUND|mia lund|true", "José Müller|Jose Muller|true",
        "M. Lund|Mia Lund|true", "陳小龍|陈小龙|true", "王 小明|王小明|true", "''|Mia|true", "mia@x.test|Tom|true",
        "+1 555|Tom|true", "Mia Lund|Tom Lund|false", "Mia|Tom|false", "Mia Lund|Mia Berg|false",
        "王小明|王小红|false", "M. Lund|Tom Lund|false", "Anna Anna|Anna|true"})
    void namesThatMayBeOnePersonsAreToldFromOthers(String one, String other, boolean maybe) {
        assertEquals(maybe, Names.maybeOne(one, other));
        assertEquals(maybe, Names.maybeOne(other, one));
    }
}
