package switchboard.gateway.crash;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The program goes on, and its mutants with it: one whose place is gone judges nobody any more.
class MutantTest {
    @ParameterizedTest
    @MethodSource("switchboard.gateway.crash.Mutant#all")
    void eachMistakeStillFitsTheProgram(Mutant mutant) {
        mutant.compile();
    }
}
