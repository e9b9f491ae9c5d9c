package switchboard.knowledgebase.search;

import java.io.IOException;
import java.util.ArrayDeque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/// Reads `Wi-Fi` (which arrives as `Wi_Fi`) as `Wi`, `Fi` and, at the position of each, `WiFi`, so that it is found
/// joined or separate, alone or in a phrase.
final class Compounds extends TokenFilter {
    private static final int PARTS_MAX = 8; // a longer chain is a separator line or an address and stays whole

    private record Piece(String text, int from, int to, int step) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private State whole;

    Compounds(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (pieces.isEmpty()) {
            if (!input.incrementToken()) return false;
            takeApart();
            if (pieces.isEmpty()) return true;
            whole = captureState();
        }
        restoreState(whole);
        var piece = pieces.poll();
        term.setEmpty().append(piece.text());
        offset.setOffset(piece.from(), piece.to());
        step.setPositionIncrement(piece.step());
        return true;
    }

    private void takeApart() {
        var text = term.toString();
        if (text.indexOf('_') < 0) return;
        var parts = text.replaceAll("^_+|_+$", "").split("_+");
        if (parts.length == 0 || parts.length > PARTS_MAX) return;
        if (parts.length == 1) {
            term.setEmpty().append(parts[0]);
            return;
        }
        var joined = String.join("", parts);
        boolean asWritten = offset.endOffset() - offset.startOffset() == text.length();
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            at = text.indexOf(parts[i], at);
            int from = asWritten ? offset.startOffset() + at : offset.startOffset();
            int to = asWritten ? from + parts[i].length() : offset.endOffset();
            at += parts[i].length();
            pieces.add(new Piece(parts[i], from, to, i == 0 ? step.getPositionIncrement() : 1));
            pieces.add(new Piece(joined, from, to, 0));
        }
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        pieces.clear();
    }
}
