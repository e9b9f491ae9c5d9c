package switchboard.channels.email.mime;

import java.util.List;
import java.util.stream.Stream;

/// What groups, lists and forwarding mailboxes say of a mail that they have handed on. Anybody can write such fields;
/// they tell who is meant where the mail itself names only the one that carried it, and prove nothing.
///
/// @param writers whom a group names as the writer (X-Original-From, X-Original-Sender)
/// @param senders who handed it to a list (X-MailFrom, Sender)
/// @param list addresses that mails to the whole list are written to
/// @param listed a list carried it
/// @param through mailboxes that forwarded it on their own
public record Carried(List<MailAddress> writers, List<MailAddress> senders, List<MailAddress> list, boolean listed,
                      List<MailAddress> through) {
    private static final int EACH_MAX = 20;
    private static final List<String> WRITERS = List.of("X-Original-From", "X-Original-Sender");
    private static final List<String> SENDERS = List.of("X-MailFrom", "Sender");
    private static final List<String> LISTS = List.of("X-BeenThere", "X-Google-Group-Email");
    private static final List<String> THROUGH = List.of("X-Forwarded-For", "X-Forwarded-To");
    static final Carried NOTHING = new Carried(List.of(), List.of(), List.of(), false, List.of());

    static Carried of(Part root) {
        boolean listed = Stream.of("List-Id", "List-Post", "Mailing-List", "List-Unsubscribe").anyMatch(root::has);
        var list = Stream.concat(named(root, LISTS).stream(),
                Stream.of("List-Post", "Mailing-List").flatMap(name -> root.all(name).stream())
                        .flatMap(value -> inWords(value).stream())).distinct().limit(EACH_MAX).toList();
        var through = THROUGH.stream().flatMap(name -> root.all(name).stream())
                .flatMap(value -> inWords(value).stream()).limit(EACH_MAX).toList();
        return new Carried(named(root, WRITERS), named(root, SENDERS), list, listed, through);
    }

    private static List<MailAddress> named(Part root, List<String> fields) {
        return fields.stream().flatMap(name -> Addresses.list(root, name, EACH_MAX).stream()).limit(EACH_MAX).toList();
    }

    /// Addresses among other words: `<mailto:help@lists.test>`, `list help@lists.test; contact owner@lists.test`, or
    /// two with a space between them.
    private static List<MailAddress> inWords(String value) {
        var words = value.length() > 1_000 ? value.substring(0, 1_000) : value;
        return Stream.of(words.split(";", 2)[0].replaceAll("(?i)mailto:", "").split("[\\s,<>]+"))
                .map(word -> word.split("\\?", 2)[0]).filter(word -> word.indexOf('@') > 0)
                .flatMap(word -> AddressParser.parse(word, 1).stream()).limit(EACH_MAX).toList();
    }
}
