package switchboard.channels.email.quote;

import java.util.EnumSet;
import java.util.regex.Pattern;
import switchboard.channels.email.quote.HeaderWords.Label;

/// The header lines that programs put above an earlier mail: sender, date, recipient, subject, labelled in the reader's
/// language. People write such lines too (from London, to Paris), so a block needs an address, or all fields with a
/// time of day, or an announcing line above it.
final class HeaderBlock {
    private static final int LINES_MAX = 14;
    private static final int STRANGE_MAX = 2;
    private static final Pattern LABEL = Pattern.compile(
            "^[*_]{0,2}(\\p{L}[\\p{L}' ’.-]{0,24}?)(?: \\(\\p{L}{2,4}\\))?[*_]{0,2}\\s?[:：][*_]{0,2}\\s*(.*)$");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@:]+@[^\\s<>@]+");
    private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}[:.hH]\\d{2}(?!\\d)|\\d{1,2} ?[点點时時]");

    private final Lines lines;
    private final boolean quoted;
    private final EnumSet<Label> seen = EnumSet.noneOf(Label.class);
    private boolean address;
    private boolean time;
    private boolean raw;
    private int last = -1;

    private HeaderBlock(Lines lines, boolean quoted) {
        this.lines = lines;
        this.quoted = quoted;
    }

    /// The line after the block that begins at `at`, or -1.
    ///
    /// @param announced whether a line above announces an earlier mail
    static int end(Lines lines, int at, boolean quoted, boolean announced) {
        if (!lines.has(at, Lines.COLON)) return -1;
        var block = new HeaderBlock(lines, quoted);
        block.read(at);
        return block.stands(announced) ? block.continued() : -1;
    }

    private void read(int at) {
        int strange = 0;
        for (int i = at; i < lines.count() && i < at + LINES_MAX; i++) {
            var line = lines.seen(i, quoted);
            var label = LABEL.matcher(line);
            boolean labelled = lines.has(i, Lines.COLON) && label.matches();
            var known = labelled ? HeaderWords.label(label.group(1)) : null;
            raw |= labelled && HeaderWords.isRaw(label.group(1));
            if (known != null) {
                // A second From belongs to the next mail.
                if (!seen.add(known) && known == Label.FROM) return;
                value(known, label.group(2));
                last = i;
                strange = 0;
            } else if (last < 0 || line.isEmpty() || ++strange > STRANGE_MAX) {
                return;
            }
        }
    }

    private void value(Label label, String value) {
        address |= label != Label.SUBJECT && label != Label.DATE && value.indexOf('@') > 0
                && ADDRESS.matcher(value).find();
        time |= label == Label.DATE && TIME.matcher(value).find();
    }

    private boolean stands(boolean announced) {
        if (seen.size() < 2 || raw && !announced) return false;
        boolean from = seen.contains(Label.FROM);
        boolean to = seen.contains(Label.TO);
        boolean date = seen.contains(Label.DATE);
        boolean subject = seen.contains(Label.SUBJECT);
        if (announced) return from || subject || date && to;
        if (address) return from && to && (date || subject) || date && time && to;
        return from && to && date && time && subject;
    }

    /// A folded last header line belongs to the block when a blank line follows.
    private int continued() {
        int next = last + 1;
        boolean folded = next + 1 < lines.count() && !lines.seen(next, quoted).isEmpty()
                && lines.seen(next + 1, quoted).isEmpty() && lines.line[next].startsWith(" ");
        return folded ? next + 1 : next;
    }
}
