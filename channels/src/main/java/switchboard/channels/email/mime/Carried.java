package switchboard.channels.email.mime;

import java.util.List;
import java.util.stream.Stream;

/// What groups, lists and forwarding mailboxes record about mail that they pass on. Anyone can write such fields, so
/// they prove nothing; they only tell who is meant when From names the carrier.
///
/// @param writers the authors that a group names (X-Original-From, X-Original-Sender)
/// @param senders the addresses that handed the mail to a list (X-MailFrom, Sender)
/// @param list addresses of the whole list
/// @param listed whether a list carried the mail
/// @param through mailboxes that forwarded it automatically
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

    /// Addresses within other text: `<mailto:help@lists.test>`, `list help@lists.test; contact owner@lists.test`, or
    /// two separated by a space.
    private static List<MailAddress> inWords(String value) {
        var words = value.length() > 1_000 ? value.substring(0, 1_000) : value;
        return Stream.of(words.split(";", 2)[0].replaceAll("(?i)mailto:", "").split("[\\s,<>]+"))
                .map(word -> word.split("\\?", 2)[0]).filter(word -> word.indexOf('@') > 0)
                .flatMap(word -> AddressParser.parse(word, 1).stream()).limit(EACH_MAX).toList();
    }
}
