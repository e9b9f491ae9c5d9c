package switchboard.ticketing.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.report.Staffing.Load;

class StaffingTest {
    private static Load load(int patienceMinutes) {
        return new Load(100, Duration.ofMinutes(30), Duration.ofMinutes(3), Duration.ofSeconds(20),
                patienceMinutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(patienceMinutes)));
    }

    @Test
    void erlangCAgreesWithPublishedFigures() {
        var known = Staffing.of(load(0), 14);
        assertEquals(0.8883500191794669, known.serviceLevel(), 1e-12);
        assertEquals(0.7142857142857143, known.occupancy(), 1e-12);
        assertEquals(0.1741319335950498, known.waitProbability(), 1e-12);
        assertEquals(20, Staffing.scheduled(14, 0.3));
        assertEquals(22, Staffing.scheduled(15, 0.3));
        double[] levels = {.3896, .6402, .7956, .8884, .9415, .9706};
        double[] waits = {122.78, 40.44, 17.12, 7.84, 3.67, 1.72};
        for (int i = 0; i < levels.length; i++) {
            var outcome = Staffing.of(load(0), 11 + i);
            assertEquals(levels[i], outcome.serviceLevel(), 5e-5);
            assertEquals(waits[i], outcome.asaSeconds(), 5e-3);
        }
    }

    @Test
    void erlangAAgreesWithPublishedFigures() {
        var known = Staffing.of(load(5), 14);
        assertEquals(.14526, known.waitProbability(), 5e-6);
        assertEquals(.013984, known.abandonment(), 5e-7);
        assertEquals(.704297, known.occupancy(), 5e-7);
        assertEquals(.069919 * 60, known.asaSeconds(), 5e-5);
        assertEquals(.916792, known.serviceLevel(), 5e-7);
        var busy = Staffing.of(new Load(48, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(20),
                Optional.of(Duration.ofMinutes(2))), 50);
        assertEquals(.46777, busy.waitProbability(), 5e-6);
        assertEquals(.0309122, busy.abandonment(), 5e-8);
        assertEquals(.930324, busy.occupancy(), 5e-7);
    }

    @Test
    void theFewestAgentsThatReachTheTargetAreFound() {
        assertEquals(14, Staffing.needed(load(0), 0.8).getAsInt());
        assertEquals(15, Staffing.needed(load(0), 0.9).getAsInt());
        int agents = Staffing.needed(load(5), 0.8).getAsInt();
        assertTrue(Staffing.of(load(5), agents).serviceLevel() >= 0.8);
        assertTrue(Staffing.of(load(5), agents - 1).serviceLevel() < 0.8);
    }

    @Test
    void tooFewAgentsNeverCatchUpUnlessCallersGiveUp() {
        var never = Staffing.of(load(0), 10);
        assertNull(never.asaSeconds());
        assertEquals(0, never.serviceLevel());
        assertTrue(Staffing.of(load(5), 8).abandonment() > 0.19);
    }

    @Test
    void endlessPatienceIsErlangC() {
        var patient = Staffing.of(load(1_000_000), 13);
        var endless = Staffing.of(load(0), 13);
        assertEquals(endless.serviceLevel(), patient.serviceLevel(), 1e-4);
        assertEquals(endless.asaSeconds(), patient.asaSeconds(), 0.01);
    }

    @Test
    void lossAgreesWithTheTablesAndNonsenseIsRefused() {
        assertEquals(0.2, Staffing.blocked(1, 2), 1e-12);
        assertEquals(.012949, Staffing.blocked(10, 17), 5e-7);
        assertThrows(IllegalArgumentException.class, () -> Staffing.of(load(0), 0));
        assertThrows(IllegalArgumentException.class, () -> Staffing.scheduled(3, 1));
    }
}
