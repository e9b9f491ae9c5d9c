package switchboard.knowledgebase.search;

import java.util.List;

/// What a search found, best first.
///
/// @param rebuilding the index is being made anew, so that articles may be missing for a moment
public record Found(List<Hit> items, String next, boolean rebuilding) {
    private static final float STRONG = 0.3f; // of the best score

    /// Without the tail that only shares a word or two: for people, who read a list from the top.
    public Found strong() {
        if (items.isEmpty()) return this;
        float least = items.getFirst().score() * STRONG;
        return new Found(items.stream().filter(hit -> hit.score() >= least).toList(), next, rebuilding);
    }
}
