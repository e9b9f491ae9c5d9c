package switchboard.knowledgebase.search;

import java.util.List;

/// What a search found, best first.
///
/// @param rebuilding the index is being made anew, so that articles may be missing for a moment
public record Found(List<Hit> items, String next, boolean rebuilding) {}
