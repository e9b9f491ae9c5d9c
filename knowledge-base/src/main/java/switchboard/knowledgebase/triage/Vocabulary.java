package switchboard.knowledgebase.triage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import switchboard.knowledgebase.triage.Dictionary.Spelled;

/// How rare each term is among some examples, and texts as points in the space of those terms. Words and pieces weigh
/// the same in every text, however many there are of each.
final class Vocabulary {
    /// From this many texts on a term seen in one text only is left out: it says nothing about the others.
    private static final int LONELY_FROM = 2_000;
    private static final double WORDS_SHARE = 0.6;

    /// Terms by number and their weights; of length one, and shorter the more of a text to be judged is unknown.
    record Point(int[] terms, float[] weights, double length) {}

    /// By term; 0 for one that is left out.
    private final float[] rarity;
    private final double rarest;

    /// @param size of the dictionary
    Vocabulary(List<Spelled> texts, int size) {
        var seenIn = new int[size];
        for (var text : texts) {
            count(text.words(), seenIn);
            count(text.pieces(), seenIn);
        }
        int least = texts.size() >= LONELY_FROM ? 2 : 1;
        rarity = new float[size];
        for (int term = 0; term < size; term++) {
            if (seenIn[term] >= least) rarity[term] = (float) rarity(texts.size(), seenIn[term]);
        }
        rarest = rarity(texts.size(), least);
    }

    private static void count(int[] terms, int[] seenIn) {
        for (int i = 0; i < terms.length; i++) {
            if (terms[i] >= 0 && (i == 0 || terms[i - 1] != terms[i])) seenIn[terms[i]]++;
        }
    }

    private static double rarity(int texts, int seenIn) {
        return 1 + Math.log((1.0 + texts) / (1.0 + seenIn));
    }

    /// A text to learn from: what is left out of the vocabulary does not count.
    Point example(Spelled text) {
        return point(text, 0);
    }

    /// A text to be judged.
    Point point(Spelled text) {
        return point(text, rarest);
    }

    /// @param strange the weight of a term that is not in the vocabulary
    private Point point(Spelled text, double strange) {
        var terms = new int[text.words().length + text.pieces().length];
        var weights = new float[terms.length];
        int count = add(text.words(), Math.sqrt(WORDS_SHARE), strange, terms, weights, 0);
        count = add(text.pieces(), Math.sqrt(1 - WORDS_SHARE), strange, terms, weights, count);
        double square = 0;
        for (int i = 0; i < count; i++) square += weights[i] * weights[i];
        return new Point(Arrays.copyOf(terms, count), Arrays.copyOf(weights, count), Math.sqrt(square));
    }

    private int add(int[] said, double share, double strange, int[] terms, float[] weights, int from) {
        int end = from;
        double square = 0;
        for (int i = 0; i < said.length;) {
            int start = i;
            while (i < said.length && said[i] == said[start]) i++;
            if (said[start] < 0 || rarity[said[start]] == 0) {
                square += (i - start) * strange * strange;
                continue;
            }
            double weight = (1 + Math.log(i - start)) * rarity[said[start]];
            square += weight * weight;
            terms[end] = said[start];
            weights[end++] = (float) weight;
        }
        for (int i = from; i < end; i++) weights[i] *= (float) (share / Math.sqrt(square));
        return end;
    }

    List<Point> examples(List<Spelled> texts) {
        var points = new ArrayList<Point>(texts.size());
        for (var text : texts) points.add(example(text));
        return points;
    }
}
