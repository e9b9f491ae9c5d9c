package switchboard.channels.email.proof;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.core.exceptions.TimeoutException;
import org.apache.james.jspf.impl.SPF;

/// Whether a domain authorises this client to send its mail (RFC 7208).
final class Spf {
    private static final int LOOKUPS_MAX = 10;

    private final SPF spf;

    Spf(Resolver resolver) {
        this.spf = new SPF(new Lookups(resolver));
    }

    /// @param from the bounce address, empty for `<>`
    /// @return pass, fail, softfail, neutral, none, permerror or temperror
    String check(String client, String helo, String from) {
        return spf.checkSPF(client, from, helo).getResult().toLowerCase(Locale.ROOT);
    }

    private record Lookups(Resolver resolver) implements DNSService {
        @Override
        public List<String> getRecords(DNSRequest request) throws TimeoutException {
            var kind = switch (request.getRecordType()) {
                case DNSRequest.A -> Resolver.Kind.A;
                case DNSRequest.AAAA -> Resolver.Kind.AAAA;
                case DNSRequest.MX -> Resolver.Kind.MX;
                case DNSRequest.PTR -> Resolver.Kind.PTR;
                case DNSRequest.TXT -> Resolver.Kind.TXT;
                default -> null; // the SPF record type, which RFC 7208 dropped
            };
            if (kind == null) return null;
            try {
                var found = resolver.records(request.getHostname(), kind);
                return found.isEmpty() ? null : found;
            } catch (Resolver.Unreachable silent) {
                throw new TimeoutException(silent.getMessage());
            }
        }

        @Override
        public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
            try {
                return CompletableFuture.completedFuture(getRecords(request));
            } catch (TimeoutException silent) {
                return CompletableFuture.failedFuture(silent);
            }
        }

        @Override
        public List<String> getLocalDomainNames() {
            return List.of("localhost");
        }

        @Override
        public void setTimeOut(int timeOut) {
            // The resolver has its own timeout.
        }

        @Override
        public int getRecordLimit() {
            return LOOKUPS_MAX;
        }

        @Override
        public void setRecordLimit(int recordLimit) {
            // Always the standard's limit.
        }
    }
}
