package switchboard.channels.email.proof;

import java.util.List;

/// The domain name system, as far as a mail's proof needs it. Blocks; safe for many threads.
public interface Resolver {
    enum Kind { A, AAAA, MX, PTR, TXT }

    /// @param name without a dot at its end
    /// @return texts of the records: addresses, names of hosts, or a TXT record's strings joined; empty when the name
    ///     has none
    /// @throws Unreachable when the name cannot be looked up now
    List<String> records(String name, Kind kind) throws Unreachable;

    /// No answer yet: another try may get one.
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreachable(String name) {
            super(name, null, false, false);
        }
    }
}
