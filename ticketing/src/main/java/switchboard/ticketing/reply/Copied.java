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

/// Who else gets an answer that names nobody: all whom the customer's last mail named, as "reply to all" does in a mail
/// program, without us, without the customer, and without the places that only handed the mail on to us. Nobody is
/// copied because of a mail that is probably forged.
final class Copied {
    /// A customer who names more is not answered to all of them unasked.
    static final int COPIES_MAX = 20;
    /// What can be written to whatever the way out: other forms are kept as they came, and copied by hand.
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

    /// Which of our addresses an answer leaves from: the one that the customer wrote to last, as long as it is ours.
    static Optional<String> from(Sql sql, Thread.Inbound last) {
        return last.ourList().isEmpty() ? Optional.empty()
                : OurAddresses.load(sql).base(last.ourList().getFirst());
    }
}
