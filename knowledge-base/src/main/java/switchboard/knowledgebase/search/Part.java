package switchboard.knowledgebase.search;

/// The parts of an article that are searched. `ALL` holds the whole text; the others add to it.
enum Part {
    ALL(1f), TITLE(0.25f), KEYWORDS(0.4f), SUMMARY(0.15f);

    final float boost;

    Part(float boost) {
        this.boost = boost;
    }

    String field(String reading) {
        return name().toLowerCase(java.util.Locale.ROOT) + "." + reading;
    }
}
