package switchboard.ticketing.reply;

import java.util.regex.Pattern;

/// The subject of an answer: one `Re:`, however many marks of answers the other side's programs have piled up.
final class Subjects {
    static final int CHARS_MAX = 250;

    /// What mail programs put before the subject of an answer, in the languages that they ship in; some count.
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
