package switchboard.ticketing.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Consents;

/// Default copies of a reply: everyone named in the customer's last mail, as with "reply to all", except us, the
/// customer, and places that only forwarded the mail to us. A mail that is probably forged adds no copies.
final class Copied {
    /// When a mail names more recipients, the reply copies none of them by default.
    static final int COPIES_MAX = 20;
    /// Forms that every mail route accepts. Other forms are stored as received and must be copied by hand.
    private static final Pattern PLAIN = Pattern.compile("[^\\s()\\[\\]\\\\\"\\p{Cntrl}]+@[^\\s()\\[\\]\\\\\"_]+");

    private Copied() {}

    static List<String> of(Sql sql, Thread.Inbound last, Line line, int readersMax) {
        if (last.doubtful()) return List.of();
        var named = Stream.concat(last.toList().stream(), last.ccList().stream())
                .filter(one -> PLAIN.matcher(one).matches()).flatMap(one -> Address.email(one).stream())
                .map(Address::value).toList();
        if (named.isEmpty()) return List.of();
        var ours = OurAddresses.load(sql);
        var passed = new HashSet<String>();
        Stream.of(line.to(), last.ourList(), List.of(last.sender())).flatMap(List::stream)
                .forEach(one -> passed.add(one.toLowerCase(Locale.ROOT)));
        var copied = new ArrayList<String>();
        int room = Math.min(COPIES_MAX, readersMax - line.to().size());
        for (var one : named) {
            if (copied.size() >= room) break;
            if (ours.contains(one) || !passed.add(one.toLowerCase(Locale.ROOT))) continue;
            if (Consents.allowed(sql, line.channel(), one, line.from())) copied.add(one);
        }
        return copied;
    }

    /// The address that a reply comes from: the one that the customer last wrote to, while it is ours.
    static Optional<String> from(Sql sql, Thread.Inbound last) {
        return last.ourList().isEmpty() ? Optional.empty()
                : OurAddresses.load(sql).base(last.ourList().getFirst());
    }
}
