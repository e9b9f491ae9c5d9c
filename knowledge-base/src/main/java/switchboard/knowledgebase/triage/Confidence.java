package switchboard.knowledgebase.triage;

import java.util.List;

/// From scores to a probability that means what it says, and the bound above which an answer is given: one temperature
/// and one bound, both fitted to answers on examples that the model had not seen (Guo et al., ICML 2017).
///
/// @param sharpness what scores are multiplied by before the exponential
/// @param bound the least confidence that is labelled
record Confidence(double sharpness, double bound) {
    private static final double SHARPNESS_MIN = 0.1;
    private static final double SHARPNESS_MAX = 100;
    private static final int STEPS = 25;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /// @param wanted the right category's number
    record Answer(double[] scores, int wanted) {
        boolean right() {
            return best(scores) == wanted;
        }
    }

    /// @param precision the share of right answers above the bound
    /// @param proofMin fewer answers above a bound prove nothing
    /// @param never the bound where no bound reaches the precision
    static Confidence fit(List<Answer> answers, double precision, int proofMin, double never) {
        if (answers.isEmpty()) return new Confidence(1, never);
        double sharpness = sharpness(answers);
        var unbounded = new Confidence(sharpness, 0);
        var sorted = answers.stream().sorted(java.util.Comparator.comparingDouble((Answer one) ->
                unbounded.of(one.scores())).reversed()).toList();
        double bound = never;
        int right = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).right()) right++;
            // Answers of one confidence are labelled together or not at all.
            boolean tied = i + 1 < sorted.size()
                    && unbounded.of(sorted.get(i + 1).scores()) == unbounded.of(sorted.get(i).scores());
            if (!tied && i + 1 >= proofMin && right >= precision * (i + 1)) {
                bound = unbounded.of(sorted.get(i).scores());
            }
        }
        return new Confidence(sharpness, bound);
    }

    /// The one under which the right answers are likeliest, found by golden section on a logarithmic scale.
    private static double sharpness(List<Answer> answers) {
        double low = Math.log(SHARPNESS_MIN);
        double high = Math.log(SHARPNESS_MAX);
        for (int step = 0; step < STEPS; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (surprise(answers, Math.exp(left)) < surprise(answers, Math.exp(right))) high = right;
            else low = left;
        }
        return Math.exp((low + high) / 2);
    }

    private static double surprise(List<Answer> answers, double sharpness) {
        return answers.stream().mapToDouble(one -> -Math.log(Math.max(1e-12,
                share(one.scores(), one.wanted(), sharpness)))).sum();
    }

    /// How likely the best category is the right one.
    double of(double[] scores) {
        return share(scores, best(scores), sharpness);
    }

    private static double share(double[] scores, int category, double sharpness) {
        double sum = 0;
        for (double score : scores) sum += Math.exp(sharpness * (score - scores[category]));
        return 1 / sum;
    }

    static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
        return best;
    }
}
