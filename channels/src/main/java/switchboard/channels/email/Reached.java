package switchboard.channels.email;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.ticketing.reply.OurAddresses;

/// The addresses by which a mail reached us, and which of the addresses it names lead to us.
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

    /// The mailbox or alias that an address belongs to.
    Optional<String> base(String address) {
        return ours.base(address).or(() -> own.base(address));
    }

    /// Every address by which the mail may have arrived: delivery addresses first.
    List<String> all() {
        return Stream.concat(mail.deliveredTo().stream(), written()).distinct().toList();
    }

    private Stream<String> written() {
        return Stream.concat(mail.to().stream(), mail.cc().stream()).map(MailAddress::address);
    }

    /// First the address to answer from: of this mailbox's addresses the one in To or Cc, else the one delivered to,
    /// else the mailbox itself. Then every other address that led the mail to us.
    List<String> ends() {
        var ends = new LinkedHashSet<String>();
        ends.add(Stream.concat(written(), mail.deliveredTo().stream()).flatMap(one -> own.base(one).stream())
                .findFirst().orElse(mailbox));
        Stream.of(mail.deliveredTo().stream(), mail.carried().through().stream().map(MailAddress::address),
                mail.carried().list().stream().map(MailAddress::address)).flatMap(one -> one)
                .map(one -> one.toLowerCase(Locale.ROOT)).forEach(ends::add);
        return ends.stream().limit(ENDS_MAX).toList();
    }

    /// Our own address, or a mailbox or list that forwards to us: not a place to send an answer.
    boolean leadsToUs(String address) {
        return isOurs(address) || ends().stream().anyMatch(address::equalsIgnoreCase);
    }
}
