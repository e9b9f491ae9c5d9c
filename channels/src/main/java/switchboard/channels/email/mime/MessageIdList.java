package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Message ids out of Message-ID, In-Reply-To and References, tolerant of missing brackets and stray words.
final class MessageIdList {
    private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,998})>");
    private static final Pattern BARE = Pattern.compile("[^\\s<>,;\"()]+@[^\\s<>,;\"()]+");

    private MessageIdList() {}

    static List<String> parse(String value) {
        var ids = new LinkedHashSet<String>();
        var bracketed = BRACKETED.matcher(value);
        while (bracketed.find()) {
            var id = bracketed.group(1).replaceAll("\\s", "");
            if (!id.isEmpty()) ids.add(id);
        }
        if (ids.isEmpty()) {
            var bare = BARE.matcher(value.length() > 16_384 ? value.substring(0, 16_384) : value);
            while (bare.find()) ids.add(bare.group());
        }
        return cut(new ArrayList<>(ids));
    }

    private static List<String> cut(List<String> ids) {
        if (ids.size() <= MailLimits.REFERENCES_MAX) return List.copyOf(ids);
        var kept = new ArrayList<>(ids.subList(0, 1));
        kept.addAll(ids.subList(ids.size() - MailLimits.REFERENCES_MAX + 1, ids.size()));
        return List.copyOf(kept);
    }
}
