package switchboard.knowledgebase.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Words that some people write as one and others as two: `wifi` and `wi fi`, `login` and `log in`. It tries only what
/// the articles contain: a joined word that occurs, or two halves that occur next to each other.
final class Joining {
    private static final int TRIES_MAX = 8;
    private static final int HALF_CHARS_MIN = 2;
    private static final int WORD_CHARS_MIN = 4;
    private static final int WORD_CHARS_MAX = 40;
    private static final Pattern HYPHEN = Pattern.compile("(?<=[\\p{L}\\p{N}])[-_\u2010\u2011](?=[\\p{L}\\p{N}])");

    /// Not the first half of a word: `another` isn't `an other`.
    private static final Set<String> NO_FIRST_HALF = Set.of("a", "an", "the", "to", "in", "is", "it", "of", "or", "as",
            "at", "be", "by", "for", "so", "we", "he", "me", "my", "no", "not", "on", "do", "if", "can");

    private static final Set<String> PARTICLES =
            Set.of("in", "on", "up", "out", "off", "down", "back", "over", "away");

    private final Predicate<String> known;
    private int triesLeft = TRIES_MAX;

    /// @param known whether any article contains this token
    Joining(Predicate<String> known) {
        this.known = known;
    }

    /// Adjacent words that articles write as one.
    ///
    /// @param token maps a word to its index spelling, if that is one token
    List<String> joined(List<String> words, Function<String, Optional<String>> token) {
        var found = new ArrayList<String>();
        for (int i = 0; i + 1 < words.size() && found.size() < TRIES_MAX; i++) {
            var both = words.get(i) + words.get(i + 1);
            if (both.length() < WORD_CHARS_MIN || both.length() > WORD_CHARS_MAX || !latin(both)) continue;
            token.apply(both).filter(known).ifPresent(found::add);
        }
        return found;
    }

    /// The halves of a word that articles write as two; prefers the split with the longest shorter half.
    ///
    /// @param itself whether articles contain the whole word: then only verbs such as `login` are also split
    Optional<List<String>> parted(String token, boolean itself) {
        if (token.length() < WORD_CHARS_MIN || token.length() > WORD_CHARS_MAX || !latin(token) || triesLeft == 0) {
            return Optional.empty();
        }
        for (int off = 0; off <= token.length() / 2 - HALF_CHARS_MIN; off++) {
            for (int at : new int[] {token.length() / 2 - off, (token.length() + 1) / 2 + off}) {
                var first = token.substring(0, at);
                var last = token.substring(at);
                if (last.length() < HALF_CHARS_MIN || NO_FIRST_HALF.contains(first)) continue;
                if (itself && !PARTICLES.contains(last)) continue;
                if (!known.test(first) || !known.test(last)) continue;
                triesLeft--;
                return Optional.of(List.of(first, last));
            }
        }
        return Optional.empty();
    }

    static boolean hyphened(String text) {
        return HYPHEN.matcher(text).find();
    }

    static String closed(String text) {
        return HYPHEN.matcher(text).replaceAll("");
    }

    private static boolean latin(String word) {
        return word.chars().allMatch(c -> c < 0x250 && Character.isLetterOrDigit(c));
    }
}
