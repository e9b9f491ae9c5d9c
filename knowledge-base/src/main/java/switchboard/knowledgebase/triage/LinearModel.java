package switchboard.knowledgebase.triage;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import switchboard.knowledgebase.triage.Vocabulary.Point;

/// One separating plane for each category against all others: a support vector machine with squared hinge loss,
/// trained in its dual by coordinate descent (Hsieh et al., ICML 2008). The same examples in the same order give the
/// same model. A plane's distance from the origin counts as far as a text is known, so that one of which nothing is
/// known lies on no side.
final class LinearModel {
    private static final int PASSES = 12;
    private static final double COST = 1.0;
    /// Beyond the margin by this much, an example is not looked at again.
    private static final double FAR = 0.1;
    /// A pass that moves no example by more than this changes no answer.
    private static final double SETTLED = 0.02;

    private final float[][] planes;

    private LinearModel(float[][] planes) {
        this.planes = planes;
    }

    /// @param categories the number of each point's category
    static LinearModel train(List<Point> points, int[] categories, int count, int terms) {
        var planes = new float[count][];
        IntStream.range(0, count).parallel()
                .forEach(category -> planes[category] = plane(points, categories, category, terms));
        return new LinearModel(planes);
    }

    private static float[] plane(List<Point> points, int[] categories, int category, int terms) {
        var plane = new float[terms + 1];
        var alpha = new float[points.size()];
        var order = IntStream.range(0, points.size()).toArray();
        int open = order.length;
        var random = new Random(category);
        double diagonal = 0.5 / COST;
        for (int pass = 0; pass < PASSES; pass++) {
            shuffle(order, open, random);
            double most = 0;
            for (int at = 0; at < open; at++) {
                int i = order[at];
                var point = points.get(i);
                int side = categories[i] == category ? 1 : -1;
                double gradient = side * score(plane, point) - 1 + diagonal * alpha[i];
                if (alpha[i] == 0 && gradient > FAR) {
                    order[at--] = order[--open]; // far on its side: it holds no plane
                    order[open] = i;
                    continue;
                }
                float next = (float) Math.max(0, alpha[i] - gradient / (2 * point.length() * point.length()
                        + diagonal));
                if (next == alpha[i]) continue;
                move(plane, point, (next - alpha[i]) * side);
                most = Math.max(most, Math.abs(next - alpha[i]));
                alpha[i] = next;
            }
            if (most < SETTLED) break;
        }
        return plane;
    }

    private static void shuffle(int[] order, int count, Random random) {
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static void move(float[] plane, Point point, float by) {
        for (int i = 0; i < point.terms().length; i++) plane[point.terms()[i]] += by * point.weights()[i];
        plane[plane.length - 1] += (float) (by * point.length());
    }

    private static double score(float[] plane, Point point) {
        double score = plane[plane.length - 1] * point.length();
        for (int i = 0; i < point.terms().length; i++) score += plane[point.terms()[i]] * point.weights()[i];
        return score;
    }

    /// How far the point lies on each category's side.
    double[] scores(Point point) {
        var scores = new double[planes.length];
        for (int category = 0; category < planes.length; category++) scores[category] = score(planes[category], point);
        return scores;
    }
}
