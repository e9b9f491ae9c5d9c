package switchboard.channels.email.report;

import java.util.List;
import java.util.Optional;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.Part;
import switchboard.channels.email.mime.ReportedRecipient;

/// A message about another message: a delivery report in the standard form (RFC 3464), an abuse report (RFC 5965), or a
/// failure notice in a mail system's own words. Standard forms are believed at once; words only when several signs
/// agree, so that a customer who writes "my parcel could not be delivered" stays a customer.
///
/// @param originalMessageId of the message reported on, without angle brackets, or empty
public record BounceReport(MailKind kind, List<ReportedRecipient> recipients, String originalMessageId) {

    /// A mail in which a person forwards a report, whole or in part, is an ordinary mail. A report has the standard
    /// form or comes from a machine.
    ///
    /// @param text what a reader of the report sees
    public static Optional<BounceReport> detect(Part root, List<MailAddress> senders, String text) {
        boolean machine = FailureNotice.isMachine(root, senders) || root.type().equals("multipart/report");
        if (Complaints.isOne(root, senders)) return Optional.of(Complaints.read(root));
        var event = ProviderEvent.read(senders, text);
        if (event.isPresent()) return event;
        var status = !machine ? Optional.<Part>empty()
                : find(root, "message/delivery-status").or(() -> find(root, "message/global-delivery-status"));
        var standard = status.flatMap(part -> fromStatus(root, part)).or(() -> machine ? wrapped(root)
                : Optional.empty());
        return standard.or(() -> fromWords(root, senders, text, status.isPresent()));
    }

    /// True for reports that are no failure too: receipts, disposition notifications.
    public static boolean anyReport(Part root) {
        return root.type().equals("multipart/report") || find(root, "message/disposition-notification").isPresent();
    }

    private static Optional<BounceReport> fromStatus(Part root, Part status) {
        var found = DeliveryStatus.recipients(status.text());
        if (found.isEmpty()) return success(root, status.text());
        return Optional.of(new BounceReport(kind(found), found, OriginalMessage.id(root, "")));
    }

    /// A notice of successful delivery is a machine's reply. A relayed mail may still fail, so that notice names no
    /// message.
    private static Optional<BounceReport> success(Part root, String status) {
        if (!DeliveryStatus.tells(status, List.of("delivered", "relayed", "expanded"))) return Optional.empty();
        var id = DeliveryStatus.tells(status, List.of("delivered")) ? OriginalMessage.id(root, "") : "";
        return Optional.of(new BounceReport(MailKind.AUTO_REPLY, List.of(), id));
    }

    /// A report that a gateway wrapped once more, to put a footer under it.
    private static Optional<BounceReport> wrapped(Part root) {
        if (!root.type().equals("multipart/mixed")) return Optional.empty();
        return root.children().stream().filter(p -> p.type().equals("message/rfc822")).findFirst()
                .map(p -> Part.read(p.body()))
                .filter(inner -> inner.type().equals("multipart/report"))
                .flatMap(inner -> find(inner, "message/delivery-status").flatMap(status -> fromStatus(inner, status)));
    }

    private static Optional<BounceReport> fromWords(Part root, List<MailAddress> senders, String text,
            boolean standardForm) {
        var notice = FailureNotice.of(root, senders, text, standardForm);
        if (!notice.convincing()) return Optional.empty();
        var found = notice.recipients();
        return Optional.of(new BounceReport(notice.delayed() ? MailKind.DELAYED : MailKind.BOUNCE, found,
                OriginalMessage.id(root, text)));
    }

    private static MailKind kind(List<ReportedRecipient> found) {
        return found.stream().anyMatch(ReportedRecipient::permanent) ? MailKind.BOUNCE : MailKind.DELAYED;
    }

    static Optional<Part> find(Part part, String type) {
        if (part.type().equals(type)) return Optional.of(part);
        for (var child : part.children()) {
            var found = find(child, type);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }
}
