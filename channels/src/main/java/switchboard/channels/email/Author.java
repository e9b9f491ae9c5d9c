package switchboard.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;

/// The author of a mail: From, unless From names a carrier. A group or list writes its own address there to pass DMARC
/// (Google Groups, Mailman, Zoho, Microsoft 365); so does a form of our own site. Then the author is the person the
/// carrier names, else the one in Reply-To. Our own address is never the author.
///
/// @param address empty when only we are named
/// @param carriedBy the carrier's address in From; empty when From is the author's
record Author(Optional<MailAddress> address, String name, Optional<String> carriedBy) {
    /// How groups rewrite a name: 'Uma' via Support; Uma via Support.
    private static final Pattern VIA = Pattern.compile("^\\s*['\"‘“]?(.{1,200}?)['\"’”]?"
            + "\\s+(?:via|über|par|vía|通过|透過)\\s+.{1,200}$", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /// @param ours whether an address is one of the company's
    static Author of(DecodedMail mail, Predicate<String> ours) {
        var from = mail.from();
        if (from.isEmpty()) return new Author(from, "", Optional.empty());
        boolean own = ours.test(from.get().address());
        if (!own && !byList(mail, from.get())) return new Author(from, from.get().name(), Optional.empty());
        var said = bare(from.get().name());
        Predicate<MailAddress> person = one -> !ours.test(one.address()) && !one.same(from.get().address())
                && mail.carried().list().stream().noneMatch(list -> ofList(one, list));
        var found = candidates(mail, said).filter(person).findFirst();
        // A list that names no author keeps its own address; our address names none.
        var writer = found.isPresent() || own ? found : from;
        return new Author(writer, name(mail, writer, said), found.isPresent() || own
                ? Optional.of(from.get().address()) : Optional.empty());
    }

    private static boolean byList(DecodedMail mail, MailAddress from) {
        return mail.carried().listed() && (mail.carried().list().stream().anyMatch(one -> one.same(from.address()))
                || VIA.matcher(from.name()).matches() && Stream.concat(mail.to().stream(), mail.cc().stream())
                        .anyMatch(one -> one.same(from.address())));
    }

    /// Google and Mailman name the author in fields of their own. Others put the author in Reply-To or, when replies go
    /// to the list, in Cc.
    private static Stream<MailAddress> candidates(DecodedMail mail, String said) {
        var embedded = mail.embedded().flatMap(DecodedMail::from).filter(one -> named(one, said));
        return Stream.of(mail.carried().writers(), mail.replyTo(), mail.carried().senders(),
                mail.cc().stream().filter(one -> named(one, said)).toList(), embedded.stream().toList())
                .flatMap(List::stream);
    }

    private static boolean named(MailAddress one, String said) {
        return !said.isEmpty() && (one.name().equalsIgnoreCase(said) || one.same(said));
    }

    /// The list itself or one of its administrative addresses.
    private static boolean ofList(MailAddress one, MailAddress list) {
        var name = list.local().toLowerCase(Locale.ROOT);
        var local = one.local().toLowerCase(Locale.ROOT);
        return one.same(list.address()) || one.domain().equals(list.domain())
                && List.of("bounces", "bounce", "owner", "request", "admin", "unsubscribe").stream()
                        .anyMatch(role -> local.equals(name + "-" + role) || local.startsWith(name + "-" + role + "+")
                                || local.startsWith(name + "+" + role));
    }

    private static String name(DecodedMail mail, Optional<MailAddress> writer, String said) {
        if (writer.isEmpty()) return said;
        return Stream.of(List.of(writer.get()), mail.carried().writers(), mail.replyTo(), mail.carried().senders(),
                mail.cc()).flatMap(List::stream).filter(one -> one.same(writer.get().address()))
                .map(MailAddress::name).filter(one -> !one.isBlank()).findFirst().map(Author::bare)
                .orElse(writer.get().same(said) ? "" : said);
    }

    private static String bare(String name) {
        var via = VIA.matcher(name);
        return via.matches() ? via.group(1).strip() : name;
    }
}
