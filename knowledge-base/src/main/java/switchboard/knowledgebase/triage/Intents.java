package switchboard.knowledgebase.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import switchboard.knowledgebase.triage.Dictionary.Spelled;

/// What a message is about, learnt from examples: the most likely category, how likely it is, and a label only where
/// that is likely enough. Immutable after training; any thread may ask.
///
/// The confidence is calibrated on examples that the model did not learn from (cross-validation), and so is the bound
/// below which it abstains: what is labelled is right about `PRECISION` of the time, as far as the future resembles the
/// examples.
public final class Intents {
    /// Nineteen of twenty labels right: a wrong one sends a customer to the wrong team.
    static final double PRECISION = 0.95;
    /// From this many examples on, three folds tell enough; fewer examples need the more folds.
    private static final int MANY = 2_000;
    private static final int FOLDS_OF_MANY = 3;
    private static final int FOLDS = 5;
    /// A bound that nothing reaches: fewer held-out answers above it than this would prove nothing.
    private static final int PROOF_MIN = 10;
    private static final double NEVER = 2;

    private final Terms terms;
    private final Dictionary dictionary;
    private final List<String> categories;
    private final Vocabulary vocabulary;
    private final LinearModel model;
    private final Confidence confidence;

    /// @param category must not be blank
    public record Example(String text, String category) {}

    /// @param best the most likely category
    /// @param confidence from 0 to 1, the share of such guesses that are right
    /// @param label `best`, or null where the model abstains
    public record Guess(String best, double confidence, String label) {}

    private Intents(Terms terms, Dictionary dictionary, List<String> categories, Vocabulary vocabulary,
                    LinearModel model, Confidence confidence) {
        this.terms = terms;
        this.dictionary = dictionary;
        this.categories = categories;
        this.vocabulary = vocabulary;
        this.model = model;
        this.confidence = confidence;
    }

    /// Takes seconds for ten thousand examples and uses all cores.
    ///
    /// @throws IllegalArgumentException without examples
    public static Intents train(List<Example> examples) {
        if (examples.isEmpty()) throw new IllegalArgumentException("There are no examples to learn from");
        var terms = new Terms();
        var categories = List.copyOf(new TreeSet<>(examples.stream().map(Example::category).toList()));
        var numbers = new HashMap<String, Integer>();
        for (var category : categories) numbers.put(category, numbers.size());
        var dictionary = new Dictionary();
        var texts = examples.stream().map(one -> dictionary.learn(terms.of(one.text()))).toList();
        var wanted = examples.stream().mapToInt(one -> numbers.get(one.category())).toArray();
        var held = heldOut(texts, wanted, categories.size(), dictionary.size());
        var vocabulary = new Vocabulary(texts, dictionary.size());
        var model = LinearModel.train(vocabulary.examples(texts), wanted, categories.size(), dictionary.size());
        return new Intents(terms, dictionary, categories, vocabulary, model,
                Confidence.fit(held, PRECISION, PROOF_MIN, NEVER));
    }

    /// Every example's scores by a model that has not seen it.
    private static List<Confidence.Answer> heldOut(List<Spelled> texts, int[] wanted, int categories, int terms) {
        int folds = Math.min(texts.size(), texts.size() >= MANY ? FOLDS_OF_MANY : FOLDS);
        var fold = folds(wanted, categories, folds);
        var answers = new ArrayList<Confidence.Answer>();
        for (int out = 0; out < folds && folds > 1; out++) {
            var learnt = new ArrayList<Integer>();
            for (int i = 0; i < wanted.length; i++) if (fold[i] != out) learnt.add(i);
            var some = learnt.stream().map(texts::get).toList();
            var vocabulary = new Vocabulary(some, terms);
            var model = LinearModel.train(vocabulary.examples(some), learnt.stream().mapToInt(i -> wanted[i]).toArray(),
                    categories, terms);
            for (int i = 0; i < wanted.length; i++) {
                if (fold[i] == out) answers.add(new Confidence.Answer(model.scores(vocabulary.point(texts.get(i))),
                        wanted[i]));
            }
        }
        return answers;
    }

    /// The examples of each category are dealt out in turn, so that every fold has its share of each.
    private static int[] folds(int[] wanted, int categories, int folds) {
        var next = new int[categories];
        for (int category = 0; category < categories; category++) next[category] = category;
        var fold = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) fold[i] = next[wanted[i]]++ % folds;
        return fold;
    }

    public Guess guess(String text) {
        var point = vocabulary.point(dictionary.spell(terms.of(text)));
        var scores = model.scores(point);
        int best = Confidence.best(scores);
        double likely = confidence.of(scores);
        boolean sure = point.terms().length > 0 && likely >= confidence.bound();
        return new Guess(categories.get(best), likely, sure ? categories.get(best) : null);
    }
}
