package switchboard.ticketing.conversation;

import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;

/// How far a reader of a timeline is, in either order. As text it is what a page gives as `next` and takes as `after`:
/// a sequence, `~` and the sequence above it when the newest come first, then `.` and the sequence to stop at, if any.
///
/// @param after only items with a greater sequence; null: from the first
/// @param before only items with a smaller sequence; null: to the last
public record TimelineCursor(Long after, Long before) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})|~(\\d{1,18})(?:\\.(\\d{1,18}))?");

    /// @param parameter where the text stood, for the refusal
    /// @throws Failure.Invalid when it is neither a sequence nor what a page gave
    public static TimelineCursor parse(String parameter, String text) {
        if (text == null) return new TimelineCursor(null, null);
        var read = TEXT.matcher(text);
        if (!read.matches()) throw Failure.Invalid.field(parameter, "must be a sequence, or what a page gave as next");
        return read.group(1) != null ? new TimelineCursor(Long.valueOf(text), null)
                : new TimelineCursor(number(read.group(3)), number(read.group(2)));
    }

    private static Long number(String digits) {
        return digits == null ? null : Long.valueOf(digits);
    }

    @Override
    public String toString() {
        return before == null ? String.valueOf(after) : "~" + before + (after == null ? "" : "." + after);
    }
}
