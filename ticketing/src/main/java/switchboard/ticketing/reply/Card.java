package switchboard.ticketing.reply;

/// What an answer must know of a channel. Each channel hands in its own, so that nothing here asks which one it is.
///
/// @param channel its name in the API and the journal
/// @param answeredBy the channel by which what came in by this one is answered: a form by email, a call by text
///     message; its own name where it sends
/// @param addressKind the kind of identity that it writes to (`Address`)
/// @param recipientsMax people whom one message can reach, copies counted
/// @param textCharsMax UTF-16 units of one message
/// @param files whether a message can carry any
/// @param quotes whether a reply quotes the message that it answers
public record Card(String channel, String answeredBy, String addressKind, int recipientsMax, int textCharsMax,
                   boolean files, boolean quotes) {
    private static final int TEXT_CHARS_MAX = 200_000;

    /// A channel that sends to one person at a time.
    public static Card sending(String channel, String addressKind) {
        return new Card(channel, channel, addressKind, 1, TEXT_CHARS_MAX, true, false);
    }

    /// A channel that only takes in.
    public static Card answeredBy(String channel, String other) {
        return new Card(channel, other, "", 0, 0, false, false);
    }

    public Card withRecipientsMax(int recipients) {
        return new Card(channel, answeredBy, addressKind, recipients, textCharsMax, files, quotes);
    }

    public Card withPlainTextOf(int chars) {
        return new Card(channel, answeredBy, addressKind, recipientsMax, chars, false, quotes);
    }

    public Card withoutFiles() {
        return new Card(channel, answeredBy, addressKind, recipientsMax, textCharsMax, false, quotes);
    }

    public Card quoting() {
        return new Card(channel, answeredBy, addressKind, recipientsMax, textCharsMax, files, true);
    }
}
