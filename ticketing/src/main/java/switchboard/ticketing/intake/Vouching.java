package switchboard.ticketing.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// Once an address's domain has vouched for a mail, later mail is expected to be vouched for too: without that it is
/// doubtful, as a forgery would be. Addresses that were never vouched for, like most, are unaffected.
final class Vouching {
    static final String FLAG = "sender-unproven";
    /// People change providers; after this long without proof, an address starts over.
    private static final int DAYS_KEPT = 180;

    private Vouching() {}

    /// The batch, with each unvouched message from a vouched address made doubtful.
    static List<Received.Message> settle(Sql tx, List<Received.Message> messages) {
        if (addresses(messages, Sender.Trust.UNVOUCHED).isEmpty()) return messages;
        var vouched = vouched(tx, addresses(messages, Sender.Trust.UNVOUCHED));
        var settled = new ArrayList<Received.Message>(messages.size());
        for (var message : messages) {
            var sender = message.sender();
            var address = sender.address().map(Address::value).orElse("");
            if (sender.trust() == Sender.Trust.VOUCHED) vouched.add(address);
            boolean missed = sender.trust() == Sender.Trust.UNVOUCHED && vouched.contains(address);
            settled.add(missed ? doubtful(message) : message);
        }
        return settled;
    }

    /// Records which addresses were vouched for; once a day is enough.
    static void remember(Sql tx, List<Received.Message> messages) {
        var addresses = addresses(messages, Sender.Trust.VOUCHED);
        if (addresses.isEmpty()) return;
        tx.execute("""
                update identity set vouched_at = now() where id in (
                  select id from identity where kind = 'email' and value = any($1) and verified
                    and (vouched_at is null or vouched_at < now() - interval '1 day')
                  order by id for update skip locked)""", addresses);
    }

    private static List<String> addresses(List<Received.Message> messages, Sender.Trust trust) {
        return messages.stream().map(Received.Message::sender).filter(sender -> sender.trust() == trust)
                .flatMap(sender -> sender.address().stream()).map(Address::value).distinct().toList();
    }

    private static Set<String> vouched(Sql tx, List<String> addresses) {
        return new HashSet<>(tx.column(String.class, """
                select distinct value from identity where kind = 'email' and value = any($1) and verified
                  and vouched_at > now() - make_interval(days => $2)""", addresses, DAYS_KEPT));
    }

    private static Received.Message doubtful(Received.Message one) {
        var sender = one.sender();
        var flags = Stream.concat(one.flags().stream(), Stream.of(FLAG)).toList();
        return new Received.Message(one.origin(), one.channel(), one.ourAddress(), one.at(), one.kind(), one.quiet(),
                new Sender(sender.address(), sender.name(), Sender.Trust.DOUBTFUL, sender.customer(), sender.auth()),
                one.proofs(), one.window(), one.content(), one.files(), one.keys(), flags, one.team(), one.callId(),
                one.messageId());
    }
}
