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

/// How far a mail's sender is believed: what we checked ourselves, and what the server says that the mailbox trusts.
///
/// @param shown as the timeline shows it; null where nothing was checked
record SenderVerdict(Sender.Trust trust, Map<String, String> shown) {
    private static final Pattern DMARC_FAIL = Pattern.compile("(?i)\\bdmarc\\s*=\\s*fail\\b");
    private static final Pattern DMARC_PASS = Pattern.compile("(?i)\\bdmarc\\s*=\\s*pass\\b");
    private static final Pattern HEADER_FROM = Pattern.compile("(?i)\\bheader\\.from\\s*=\\s*\"?([^;\\s\"]+)");

    static SenderVerdict of(Map<String, Object> envelope, DecodedMail mail, Optional<Address> sender) {
        var checked = SenderChecks.result(envelope);
        var trusted = MailReading.text(envelope, "trusted");
        // It may speak in several headers; a forged one can at most make its own mail doubtful.
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
            // Proven in the name of another address than that of the person: by a group of ours that carried it.
            case PASS -> shown(Domains.sameOrganisation(one.domain(), Domains.of(MailReading.text(envelope,
                    "mailbox"))) ? Sender.Trust.PLAIN : Sender.Trust.UNVOUCHED, "none", one.detail());
            case NONE -> shown(Sender.Trust.UNVOUCHED, "none", one.detail());
        }).orElseGet(() -> trusted.isEmpty() || mail.authenticationResults().isEmpty()
                ? new SenderVerdict(Sender.Trust.PLAIN, null) : shown(Sender.Trust.UNVOUCHED, "none", ""));
    }

    /// The topmost header is certainly not the sender's, unless the sender's server spoke to us itself.
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
