package switchboard.channels.email;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.channels.email.mime.AuthenticationResult;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.proof.Domains;
import switchboard.channels.email.proof.SenderProof;
import switchboard.channels.email.proof.SenderProof.Verdict;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// How far a mail's sender is believed, by our own checks and by those of the server that the mailbox trusts.
///
/// @param shown for the timeline; null where nothing was checked
record SenderVerdict(Sender.Trust trust, Map<String, String> shown) {
    private static final Pattern DMARC_FAIL = Pattern.compile("(?i)\\bdmarc\\s*=\\s*fail\\b");
    private static final Pattern DMARC_PASS = Pattern.compile("(?i)\\bdmarc\\s*=\\s*pass\\b");
    private static final Pattern HEADER_FROM = Pattern.compile("(?i)\\bheader\\.from\\s*=\\s*\"?([^;\\s\"]+)");

    static SenderVerdict of(Map<String, Object> envelope, DecodedMail mail, Optional<Address> sender) {
        var checked = SenderChecks.result(envelope);
        var trusted = MailReading.text(envelope, "trusted");
        // The trusted server may add several headers. A forged one can at most make its own mail doubtful.
        var failed = mail.authenticationResults().stream().filter(one -> says(one, trusted, DMARC_FAIL)).findFirst();
        if (failed.isPresent()) return shown(Sender.Trust.DOUBTFUL, "fail", trusted + ": dmarc=fail");
        if (sender.isPresent() && checked.filter(one -> one.verdict() == Verdict.PASS
                && one.domain().equals(Domains.of(sender.get().value()))).isPresent()) {
            return shown(Sender.Trust.VOUCHED, "pass", checked.get().detail());
        }
        if (vouched(envelope, mail, trusted, sender)) {
            return shown(Sender.Trust.VOUCHED, "pass", trusted + ": dmarc=pass");
        }
        return checked.map(one -> switch (one.verdict()) {
            case FAIL -> shown(Sender.Trust.DOUBTFUL, "fail", one.detail());
            case UNKNOWN -> shown(Sender.Trust.PLAIN, "unknown", one.detail());
            // The proven domain isn't the person's: one of our own groups carried the mail.
            case PASS -> shown(Domains.sameOrganisation(one.domain(), Domains.of(MailReading.text(envelope,
                    "mailbox"))) ? Sender.Trust.PLAIN : Sender.Trust.UNVOUCHED, "none", one.detail());
            case NONE -> shown(Sender.Trust.UNVOUCHED, "none", one.detail());
        }).orElseGet(() -> trusted.isEmpty() || mail.authenticationResults().isEmpty()
                ? new SenderVerdict(Sender.Trust.PLAIN, null) : shown(Sender.Trust.UNVOUCHED, "none", ""));
    }

    /// The trusted server wrote the topmost header, unless the sender's server connected to us directly.
    private static boolean vouched(Map<String, Object> envelope, DecodedMail mail, String trusted,
            Optional<Address> sender) {
        if (sender.isEmpty() || envelope.containsKey("client") || mail.authenticationResults().isEmpty()) return false;
        var top = mail.authenticationResults().getFirst();
        var named = HEADER_FROM.matcher(top.raw());
        return says(top, trusted, DMARC_PASS) && (!named.find() || named.group(1).toLowerCase(Locale.ROOT)
                .equals(Domains.of(sender.get().value())));
    }

    private static boolean says(AuthenticationResult result, String trusted, Pattern what) {
        return !trusted.isEmpty() && result.server().equalsIgnoreCase(trusted) && what.matcher(result.raw()).find();
    }

    private static SenderVerdict shown(Sender.Trust trust, String verdict, String detail) {
        return new SenderVerdict(trust, Map.of("verdict", verdict, "detail", detail));
    }
}
