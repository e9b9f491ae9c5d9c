package switchboard.ticketing.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.people.TypedNumber;

/// The cards of all channels, and what a draft must keep to for the one that carries it.
final class Cards {
    private final Map<String, Card> cards = new LinkedHashMap<>();

    Cards(Collection<Card> cards) {
        cards.forEach(card -> this.cards.put(card.channel(), card));
    }

    /// The channel by which one is answered.
    ///
    /// @throws Failure.Invalid when there is none of that name, or none that sends
    Card answering(String channel) {
        var asked = cards.get(channel);
        var answering = asked == null ? null : cards.get(asked.answeredBy());
        if (answering == null) throw Failure.Invalid.field("channel", "nothing can be sent by " + channel);
        return answering;
    }

    /// Whether what came in by this channel can be answered at all.
    boolean knows(String channel) {
        return cards.containsKey(channel) && cards.containsKey(cards.get(channel).answeredBy());
    }

    /// The channels that this one answers: itself and channels that only receive.
    List<String> answeredBy(Card card) {
        return cards.values().stream().filter(one -> one.answeredBy().equals(card.channel())).map(Card::channel)
                .toList();
    }

    /// All that send, in the order they were handed in.
    List<Card> sending() {
        return cards.values().stream().filter(card -> card.answeredBy().equals(card.channel())).toList();
    }

    /// @throws Failure.Invalid for an address that is none
    static List<String> addresses(Card card, String field, List<String> raw, Region region) {
        return Replies.orEmpty(raw).stream().map(one -> address(card, field, one == null ? "" : one, region).value())
                .distinct().toList();
    }

    private static Address address(Card card, String field, String raw, Region region) {
        if (card.addressKind().equals(Address.PHONE)) {
            return switch (TypedNumber.read(raw, region, null)) {
                case TypedNumber.Read(var address) -> address;
                case TypedNumber.Unclear unclear -> throw Failure.Invalid.field(field, TypedNumber.question(unclear));
            };
        }
        return Address.of(card.addressKind(), raw, region)
                .orElseThrow(() -> Failure.Invalid.field(field, raw + " is no address for " + card.channel()));
    }

    /// @throws Failure.Invalid for what this channel cannot carry, before anybody is told that it was sent
    static void check(Card card, Replies.Draft draft, Line line) {
        var everybody = new ArrayList<>(line.to());
        everybody.addAll(line.cc());
        everybody.addAll(Replies.orEmpty(draft.bcc()));
        if (everybody.size() > card.recipientsMax()) {
            throw Failure.Invalid.field("to", "one message by " + card.channel() + " reaches at most "
                    + number(card.recipientsMax()) + (card.recipientsMax() == 1 ? " person" : " people"));
        }
        if (draft.text().length() > card.textCharsMax()) {
            throw Failure.Invalid.field("text", "a message by " + card.channel() + " has at most "
                    + number(card.textCharsMax()) + " characters; this one has " + number(draft.text().length()));
        }
        if (!card.files() && !Replies.orEmpty(draft.attachmentIds()).isEmpty()) {
            throw Failure.Invalid.field("attachmentIds", "files cannot be sent by " + card.channel());
        }
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
