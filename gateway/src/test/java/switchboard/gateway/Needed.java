package switchboard.gateway;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of its machine.
public final class Needed {
    private Needed() {}

    /// Where everything is tested nothing may be missing; elsewhere the test is skipped, and says so.
    ///
    /// @param line what is missing, and what installs it
    public static void need(boolean there, String line) {
        if ("true".equals(System.getenv("CI"))) Assertions.assertTrue(there, line);
        if (!there) System.out.println(line);
        Assumptions.assumeTrue(there, line);
    }
}
