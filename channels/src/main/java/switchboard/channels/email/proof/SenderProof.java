package switchboard.channels.email.proof;

import java.util.LinkedHashMap;
import java.util.Map;

/// Whether a mail comes from the domain in its From, by DKIM, SPF and DMARC. Only that domain's own proof counts; proof
/// for another domain says nothing about the sender.
public final class SenderProof {
    public enum Verdict {
        /// The domain signed the mail or authorises this client to send it.
        PASS,
        /// No proof, as with most plain mail.
        NONE,
        /// The domain asks recipients to refuse such mail: probably forged.
        FAIL,
        /// The check didn't finish in time.
        UNKNOWN
    }

    /// @param domain the judged domain
    /// @param detail in RFC 8601 terms: `dkim=pass; spf=none; dmarc=reject`
    public record Result(Verdict verdict, String domain, String detail) {
        private static final String VERDICT = "verdict";

        /// As stored in an inbox row's envelope.
        public Map<String, Object> envelope() {
            return Map.of(VERDICT, verdict.name(), "domain", domain, "detail", detail);
        }

        public static Result of(Map<?, ?> envelope) {
            return new Result(Verdict.valueOf(String.valueOf(envelope.get(VERDICT))),
                    String.valueOf(envelope.get("domain")), String.valueOf(envelope.get("detail")));
        }
    }

    private static final String PASS = "pass";

    private final Resolver resolver;
    private final Dkim dkim;
    private final Spf spf;

    public SenderProof(Resolver resolver) {
        this.resolver = resolver;
        this.dkim = new Dkim(resolver);
        this.spf = new Spf(resolver);
    }

    /// Whether checking this mail needs a name server.
    public boolean asks(Evidence mail) {
        return mail.client().isPresent() || dkim.asks(mail.raw(), mail.domain());
    }

    /// Blocks while the name servers answer. Queries only the sender's own domain, and nothing when the mail can be
    /// neither proven nor disproven.
    public Result check(Evidence mail) {
        var signed = dkim.check(mail.raw(), mail.domain());
        var sent = mail.client().map(client -> spf(client, mail.domain()));
        if (sent.isEmpty() && !signed.borne()) return new Result(Verdict.NONE, mail.domain(), "dkim=none");
        var words = new LinkedHashMap<String, String>();
        words.put("dkim", !signed.borne() ? "none" : !signed.domains().isEmpty() ? PASS
                : signed.unknown() ? "temperror" : "fail");
        sent.ifPresent(result -> words.put("spf", result));
        try {
            var dmarc = Dmarc.of(mail.domain(), resolver);
            words.put("dmarc", dmarc.policy().isEmpty() ? "none" : dmarc.policy());
            return result(mail, verdict(mail, signed, sent.orElse(""), dmarc), words);
        } catch (Resolver.Unreachable silent) {
            words.put("dmarc", "temperror");
            return result(mail, Verdict.UNKNOWN, words);
        }
    }

    /// Queries only the sender's own organisation: permission to send for another domain proves nothing.
    private String spf(Evidence.Client client, String domain) {
        return Domains.sameOrganisation(client.domain(), domain)
                ? spf.check(client.address(), client.helo(), client.from()) : "unaligned";
    }

    private static Verdict verdict(Evidence mail, Dkim.Seen signed, String sent, Dmarc dmarc) {
        boolean byDkim = signed.domains().stream().anyMatch(one -> !dmarc.strictDkim() || one.equals(mail.domain()));
        boolean bySpf = sent.equals(PASS) && mail.client().stream()
                .anyMatch(one -> !dmarc.strictSpf() || one.domain().equals(mail.domain()));
        if (byDkim || bySpf) return Verdict.PASS;
        if (signed.unknown() || sent.equals("temperror")) return Verdict.UNKNOWN;
        // Without the client, a missing proof may only be missing evidence.
        if (mail.client().isEmpty()) return Verdict.NONE;
        boolean refused = dmarc.refuses() || dmarc.policy().isEmpty() && sent.equals("fail");
        return refused ? Verdict.FAIL : Verdict.NONE;
    }

    private static Result result(Evidence mail, Verdict verdict, Map<String, String> words) {
        var detail = new StringBuilder();
        words.forEach((name, value) -> detail.append(detail.isEmpty() ? "" : "; ").append(name).append('=')
                .append(value));
        return new Result(verdict, mail.domain(), detail.toString());
    }
}
