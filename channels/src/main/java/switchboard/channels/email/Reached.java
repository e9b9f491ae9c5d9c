package switchboard.channels.email;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.ticketing.reply.OurAddresses;

/// By which of our ends a mail reached us, and which of the addresses that it names lead to us.
final class Reached {
    private static final int ENDS_MAX = 20;

    private final DecodedMail mail;
    private final String mailbox;
    private final OurAddresses own;
    private final OurAddresses ours;

    Reached(DecodedMail mail, String mailbox, Mailboxes mailboxes) {
        this.mail = mail;
        this.mailbox = mailbox;
        this.own = mailboxes.own(mailbox);
        this.ours = mailboxes.ours();
    }

    boolean isOurs(String address) {
        return address.equalsIgnoreCase(mailbox) || ours.contains(address);
    }

    /// The mailbox or alias that an address stands for.
    Optional<String> base(String address) {
        return ours.base(address).or(() -> own.base(address));
    }

    /// Every address by which the mail may have come, the envelope's first.
    List<String> all() {
        return Stream.concat(mail.deliveredTo().stream(), written()).distinct().toList();
    }

    private Stream<String> written() {
        return Stream.concat(mail.to().stream(), mail.cc().stream()).map(MailAddress::address);
    }

    /// First the one that an answer leaves from: of this mailbox's the one that was written to, else the one that it
    /// was delivered to, else the mailbox itself. Then whatever else led the mail to us.
    List<String> ends() {
        var ends = new LinkedHashSet<String>();
        ends.add(Stream.concat(written(), mail.deliveredTo().stream()).flatMap(one -> own.base(one).stream())
                .findFirst().orElse(mailbox));
        Stream.of(mail.deliveredTo().stream(), mail.carried().through().stream().map(MailAddress::address),
                mail.carried().list().stream().map(MailAddress::address)).flatMap(one -> one)
                .map(one -> one.toLowerCase(Locale.ROOT)).forEach(ends::add);
        return ends.stream().limit(ENDS_MAX).toList();
    }

    /// Our own, a mailbox that forwards to us, or a list that does: no place to answer to.
    boolean leadsToUs(String address) {
        return isOurs(address) || ends().stream().anyMatch(address::equalsIgnoreCase);
    }
}
