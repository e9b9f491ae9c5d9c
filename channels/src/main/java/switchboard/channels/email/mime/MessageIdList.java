package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Message ids out of Message-ID, In-Reply-To and References, tolerant of missing brackets and stray words.
final class MessageIdList {
    private static final int ID_CHARS_MAX = 998; // no line of a mail is longer (RFC 5322 section 2.1.1)
    private static final Pattern SPACE = Pattern.compile("\\s");
    private static final Pattern BARE = Pattern.compile("[^\\s<>,;\"()]+@[^\\s<>,;\"()']+");
    private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,200}\\)");
    /// "message from N <address> of last Monday": here the brackets hold the author.
    private static final Pattern SENDER = Pattern.compile("(?i)\\bfrom\\s[^<>@]*$");
    private static final int SENDER_CHARS = 80;
    private static final int BARE_CHARS_MAX = 16_384;

    private MessageIdList() {}

    static List<String> parse(String value) {
        var ids = bracketed(value);
        if (ids.isEmpty()) bare(value.length() > BARE_CHARS_MAX ? value.substring(0, BARE_CHARS_MAX) : value, ids);
        return cut(new ArrayList<>(ids));
    }

    /// Other words make an address a person's ("of N's message"); without brackets, a field counts only if all its
    /// words are ids.
    private static void bare(String value, Set<String> ids) {
        var words = COMMENT.matcher(value).replaceAll(" ").strip().split("[\\s,;]+");
        if (Arrays.stream(words).allMatch(word -> BARE.matcher(word).matches())) ids.addAll(List.of(words));
    }

    private static Set<String> bracketed(String value) {
        var ids = new LinkedHashSet<String>();
        int open = -1;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '>' && open >= 0 && i - open - 1 <= ID_CHARS_MAX) {
                var id = value.substring(open + 1, i);
                if (id.chars().anyMatch(Character::isWhitespace)) id = SPACE.matcher(id).replaceAll("");
                if (!id.isEmpty() && !SENDER.matcher(value.substring(Math.max(0, open - SENDER_CHARS), open)).find()) {
                    ids.add(id);
                }
            }
            if (c == '<' || c == '>') open = c == '<' ? i : -1;
        }
        return ids;
    }

    private static List<String> cut(List<String> ids) {
        if (ids.size() <= MailLimits.REFERENCES_MAX) return List.copyOf(ids);
        var kept = new ArrayList<>(ids.subList(0, 1));
        kept.addAll(ids.subList(ids.size() - MailLimits.REFERENCES_MAX + 1, ids.size()));
        return List.copyOf(kept);
    }
}
