package switchboard.ticketing.people;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether two names may be one person's: the same words in any order, without accents and case, in traditional or
/// simplified characters; or fewer of the same words, or initials.
final class Names {
    private static final Transliterator SIMPLIFY = Transliterator.getInstance("Hant-Hans");

    private Names() {}

    /// A name that says nothing (none, an address, a number) contradicts no other.
    static boolean maybeOne(String one, String other) {
        if (saysNothing(one) || saysNothing(other)) return true;
        var left = words(one);
        var right = words(other);
        if (String.join("", left).equals(String.join("", right))) return true;
        return within(left, right) || within(right, left);
    }

    /// Whether the first says less of the person whom the second names in full.
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

    /// Each of the fewer words is one of the others, or the initial of one.
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
