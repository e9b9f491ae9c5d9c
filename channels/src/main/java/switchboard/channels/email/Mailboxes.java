package switchboard.channels.email;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.imap.ImapSettings;
import switchboard.channels.email.outgoing.ReplyAddress;
import switchboard.channels.email.outgoing.SigningKeys;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.reply.OurAddresses;

/// The company's mailboxes as they are set up, read again at most every two seconds.
final class Mailboxes {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(30);

    /// A server to reach. With `tls`, a submission port (587) or IMAP's plain one (143) means STARTTLS, any other TLS
    /// at once.
    ///
    /// @param password sealed in the context `mailbox:<imap or smtp>:<id>`
    record Server(String host, int port, boolean tls, String user, String password) {}

    /// @param aliases more addresses that lead to it; `OurAddresses.ANY` marks a catch-all for a domain
    record Mailbox(UUID id, String name, String address, Server imap, Server smtp, String signature,
                   boolean autoAcknowledge, String trustedAuthserv, List<String> aliases) {
        String local() {
            return address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        }

        String domain() {
            return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        }
    }

    /// @param byAddress keyed by lower-case address, catch-alls included
    /// @param ours all addresses without the catch-alls
    /// @param changes how many had been told before it was read
    private record Known(List<Mailbox> all, Map<String, Mailbox> byAddress, OurAddresses ours, int changes,
                         long readNanos) {
        static Known of(List<Mailbox> all, int changes) {
            var byAddress = new HashMap<String, Mailbox>();
            for (var one : all) byAddress.putIfAbsent(one.local() + "@" + one.domain(), one);
            for (var one : all) {
                one.aliases().forEach(alias -> byAddress.putIfAbsent(alias.toLowerCase(Locale.ROOT), one));
            }
            return new Known(all, byAddress, OurAddresses.of(addresses(all)), changes, System.nanoTime());
        }

        boolean stands(int changesNow) {
            return changes == changesNow && System.nanoTime() - readNanos <= FRESH.toNanos();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Database database;
    private final Signer signer;
    private final SigningKeys keys;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Known known = Known.of(List.of(), -1);

    Mailboxes(Database database, Signer signer) {
        this.database = database;
        this.signer = signer;
        this.keys = new SigningKeys('a', new ConcurrentHashMap<>(Map.of('a', signer.hmac("reply-address", "a"))));
    }

    /// Has the settings read anew at the next question.
    void forget() {
        changes.incrementAndGet();
    }

    List<Mailbox> all() {
        return known().all();
    }

    private Known known() {
        int before = changes.get(); // what was read before a change must not stand after it
        var now = known;
        if (now.stands(before)) return now;
        var read = database.sql().list(Mailbox.class, """
                select id, name, address, imap, smtp, signature, auto_acknowledge, trusted_authserv, aliases
                from mailbox where active order by name, id limit 500""");
        read.stream().filter(one -> !ReplyAddress.fits(one.local()) && told.add(one.address())).forEach(one ->
                LOG.warn("{}: the name is too long for signed reply addresses; a shorter one is safer to answer",
                        one.address()));
        now = Known.of(read, before);
        known = now;
        return now;
    }

    /// The mailbox that an address leads to: as its own address, a reply address or another tag, an alias, or by a
    /// catch-all.
    Optional<Mailbox> of(String address) {
        var byAddress = known().byAddress();
        var any = OurAddresses.ANY + address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return Stream.concat(OurAddresses.forms(address).stream(), Stream.of(any)).map(byAddress::get)
                .filter(Objects::nonNull).findFirst();
    }

    private static List<String> addresses(List<Mailbox> all) {
        return all.stream().flatMap(one -> Stream.concat(Stream.of(one.address()), one.aliases().stream())).toList();
    }

    /// The addresses of all mailboxes.
    OurAddresses ours() {
        return known().ours();
    }

    /// The addresses of one mailbox, which may be inactive.
    OurAddresses own(String mailbox) {
        return of(mailbox).map(one -> OurAddresses.of(addresses(List.of(one))))
                .orElseGet(() -> OurAddresses.of(List.of(mailbox)));
    }

    /// Empty where the mailbox's name is too long to carry a token.
    static Optional<ReplyAddress> replyAddress(SigningKeys keys, String mailboxAddress) {
        int at = mailboxAddress.lastIndexOf('@');
        var local = mailboxAddress.substring(0, at);
        return !ReplyAddress.fits(local) ? Optional.empty()
                : Optional.of(new ReplyAddress(keys, local, mailboxAddress.substring(at + 1)));
    }

    SigningKeys keys() {
        return keys;
    }

    ImapSettings imap(Mailbox mailbox) {
        var server = mailbox.imap();
        return new ImapSettings(server.host(), server.port(), ImapSettings.Tls.valueOf(tls(server)), server.user(),
                open(server, "imap", mailbox.id()), "INBOX", CONNECT, READ, POLL, Optional.empty());
    }

    SmtpSettings smtp(Mailbox mailbox) {
        var server = mailbox.smtp();
        var login = server.user() == null || server.user().isBlank() ? Optional.<SmtpSettings.Login>empty()
                : Optional.of(new SmtpSettings.Login(server.user(), open(server, "smtp", mailbox.id())));
        return new SmtpSettings(server.host(), server.port(), SmtpSettings.Tls.valueOf(tls(server)), login,
                "switchboard", CONNECT, READ, Optional.empty());
    }

    private static String tls(Server server) {
        if (!server.tls()) return "NONE";
        return server.port() == 587 || server.port() == 143 ? "STARTTLS" : "TLS";
    }

    private String open(Server server, String which, UUID id) {
        return server.password() == null || server.password().isEmpty() ? ""
                : signer.open("mailbox:" + which + ":" + id, server.password());
    }
}
