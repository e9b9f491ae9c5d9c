package switchboard.channels.email.proof;

import java.util.List;

/// The DNS lookups of a sender check. Blocks; thread-safe.
public interface Resolver {
    enum Kind { A, AAAA, MX, PTR, TXT }

    /// @param name without a trailing dot
    /// @return the records as text: addresses, host names, or a TXT record's joined strings; empty when there are none
    /// @throws Unreachable when the name can't be looked up now
    List<String> records(String name, Kind kind) throws Unreachable;

    /// No answer now; a later try may get one.
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreachable(String name) {
            super(name, null, false, false);
        }
    }
}
