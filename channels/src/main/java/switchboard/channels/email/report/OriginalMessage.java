package switchboard.channels.email.report;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.channels.email.mime.Part;

/// The id of the message that a report returns: from the copy inside, from its headers, from words, or from the
/// report's own References.
final class OriginalMessage {
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^[>\\s]{0,8}message-id:\\s{0,8}<([^<>\\s]{1,998})>");
    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s]{1,998})>");

    private OriginalMessage() {}

    static String id(Part root, String text) {
        return Stream.of("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
                "message/global-headers")
                .map(type -> BounceReport.find(root, type)).flatMap(Optional::stream).map(OriginalMessage::inCopy)
                .flatMap(Optional::stream).findFirst()
                .or(() -> first(MESSAGE_ID, text))
                .or(() -> first(BRACKETED, root.header("In-Reply-To")))
                .or(() -> first(BRACKETED, root.header("References")))
                .orElse("");
    }

    private static Optional<String> inCopy(Part copy) {
        var id = first(BRACKETED, Part.read(copy.body()).header("Message-ID"));
        return id.isPresent() ? id : first(MESSAGE_ID, copy.text());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
