package switchboard.ticketing.reply;

import java.util.regex.Pattern;

/// The subject of a reply: a single `Re:`, however many reply prefixes it arrived with.
final class Subjects {
    static final int CHARS_MAX = 250;

    /// Reply prefixes of mail programs in the languages they ship in; some add a count.
    private static final Pattern ANSWERED = Pattern.compile(
            "^\\s*(?:(?:re|aw|antw|antwort|sv|vs|odp|ynt|res|rif|atb|vá|bls|απ|hv|ha)\\s?"
            + "(?:\\[\\d+]|\\(\\d+\\)|\\^\\d+)?"
            + "|回复|回覆|答复|答覆|回信|返信|回應|回应|답장)\\s?[:：]\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private Subjects() {}

    static String answering(String subject) {
        var bare = subject.strip();
        var mark = ANSWERED.matcher(bare);
        while (mark.find()) {
            bare = bare.substring(mark.end());
            mark = ANSWERED.matcher(bare);
        }
        var answer = bare.isEmpty() ? subject.strip() : "Re: " + bare;
        return answer.length() <= CHARS_MAX ? answer : answer.substring(0, CHARS_MAX);
    }
}
