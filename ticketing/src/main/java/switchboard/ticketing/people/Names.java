package switchboard.ticketing.people;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether two names may be one person's: the same words in any order, ignoring accents and case, in traditional or
/// simplified characters; or a subset of the words, or initials.
final class Names {
    private static final Transliterator SIMPLIFY = Transliterator.getInstance("Hant-Hans");

    private Names() {}

    /// A name that says nothing (empty, an address, a number) is compatible with every name.
    static boolean maybeOne(String one, String other) {
        if (saysNothing(one) || saysNothing(other)) return true;
        var left = words(one);
        var right = words(other);
        if (String.join("", left).equals(String.join("", right))) return true;
        return within(left, right) || within(right, left);
    }

    /// Whether the first name is a shorter form of the second.
    static boolean isPart(String one, String other) {
        return !saysNothing(one) && !saysNothing(other) && !words(one).equals(words(other))
                && within(words(one), words(other));
    }

    private static boolean saysNothing(String name) {
        return name == null || name.isBlank() || name.contains("@")
                || name.codePoints().noneMatch(Character::isLetter);
    }

    private static Set<String> words(String name) {
        var plain = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "");
        synchronized (SIMPLIFY) {
            plain = SIMPLIFY.transliterate(plain);
        }
        return Stream.of(plain.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /// Each of the fewer words matches a word of the others or is its initial.
    private static boolean within(Set<String> fewer, Set<String> more) {
        var left = new HashSet<>(more);
        for (var word : fewer) {
            var match = left.contains(word) ? List.of(word) : left.stream()
                    .filter(one -> word.length() == 1 && one.startsWith(word)).limit(1).toList();
            if (match.isEmpty()) return false;
            left.removeAll(match);
        }
        return !fewer.isEmpty();
    }
}
