package switchboard.channels.email.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.Part;
import switchboard.channels.email.mime.ReportedRecipient;

/// A provider reports that a recipient marked our mail as spam: in the standard form (RFC 5965), or in the older form,
/// as a copy of the mail from an address that sends nothing else.
final class Complaints {
    private static final String STANDARD = "message/feedback-report";
    private static final Pattern OFFICE = Pattern.compile(
            "(?:feed-?back.*|fbl.*|.*[-_.]fbl|complaints?|staff|abuse-?(?:report|feedback).*|antispam-?feedback)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SUBJECT = Pattern.compile(
            "^\\s*(?:complaint about message from|(?:e-?mail )?(?:abuse|feedback|spam) (?:report|complaint))",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> NAMED = List.of("original-rcpt-to", "removal-recipient");
    /// Fields in which providers note the copy's original recipient.
    private static final List<String> NOTED = List.of("X-HmXmrOriginalRecipient", "X-Original-To", "To");

    private Complaints() {}

    static boolean isOne(Part root, List<MailAddress> senders) {
        boolean office = senders.stream().anyMatch(one -> OFFICE.matcher(one.local()).matches());
        if (BounceReport.find(root, STANDARD).isPresent()) {
            return office || root.type().equals("multipart/report") || FailureNotice.isMachine(root, senders);
        }
        return office && SUBJECT.matcher(root.header("Subject")).find() && copy(root).isPresent();
    }

    static BounceReport read(Part root) {
        var found = new ArrayList<ReportedRecipient>();
        BounceReport.find(root, STANDARD).map(part -> DeliveryStatus.fields(part.text())).orElse(List.of()).stream()
                .filter(field -> NAMED.contains(field.name().toLowerCase(Locale.ROOT)))
                .flatMap(field -> DeliveryStatus.address(field.value()).stream())
                .forEach(address -> found.add(new ReportedRecipient(address, true)));
        if (found.isEmpty()) {
            noted(root).findFirst().ifPresent(address -> found.add(new ReportedRecipient(address, true)));
        }
        return new BounceReport(MailKind.COMPLAINT, List.copyOf(found), OriginalMessage.id(root, ""));
    }

    private static Optional<Part> copy(Part root) {
        return BounceReport.find(root, "message/rfc822");
    }

    private static Stream<String> noted(Part root) {
        return copy(root).or(() -> BounceReport.find(root, "text/rfc822-headers")).map(part -> Part.read(part.body()))
                .stream().flatMap(mail -> NOTED.stream().map(mail::header))
                .flatMap(value -> DeliveryStatus.address(value).stream());
    }
}
