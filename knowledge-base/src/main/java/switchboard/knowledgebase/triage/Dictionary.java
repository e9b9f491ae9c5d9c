package switchboard.knowledgebase.triage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every term of the examples has a number, given once, so that texts can be compared without their strings.
final class Dictionary {
    /// Stands for a term that no example has.
    static final int UNKNOWN = -1;
    /// Later terms of very many or very long examples are taken for unknown; memory stays bounded.
    private static final int TERMS_MAX = 400_000;

    /// A text as numbers of terms, rising, each as often as it is said.
    record Spelled(int[] words, int[] pieces) {}

    private final Map<String, Integer> numbers = new HashMap<>();

    int size() {
        return numbers.size();
    }

    Spelled learn(Terms.Read text) {
        for (var word : text.words()) add("w" + word);
        for (var piece : text.pieces()) add("p" + piece);
        return spell(text);
    }

    private void add(String term) {
        if (numbers.size() < TERMS_MAX) numbers.putIfAbsent(term, numbers.size());
    }

    Spelled spell(Terms.Read text) {
        return new Spelled(spell("w", text.words()), spell("p", text.pieces()));
    }

    private int[] spell(String kind, List<String> terms) {
        var spelled = terms.stream().mapToInt(term -> numbers.getOrDefault(kind + term, UNKNOWN)).toArray();
        Arrays.sort(spelled);
        return spelled;
    }
}
