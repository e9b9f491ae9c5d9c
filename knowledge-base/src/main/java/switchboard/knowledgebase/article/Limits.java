package switchboard.knowledgebase.article;

import java.util.ArrayList;
import java.util.List;
import switchboard.ticketing.base.Failure;

/// How long the parts of an article may be, in characters: far above what people write, far below what hurts.
final class Limits {
    static final int TITLE_MAX = 200;
    static final int SUMMARY_MAX = 1_000;
    static final int BODY_MAX = 200_000;
    static final int KEYWORD_MAX = 80;
    static final int KEYWORDS_MAX = 50;

    private Limits() {}

    static void check(ArticleDraft draft) {
        Locales.require(draft.locale());
        if (draft.title() == null) throw Failure.Invalid.field("title", "is missing");
        check(draft.title(), draft.summary(), draft.body(), draft.keywords());
    }

    static void check(ArticleChange change) {
        check(change.title(), change.summary(), change.body(), change.keywords());
    }

    private static void check(String title, String summary, String body, List<String> keywords) {
        var wrong = new ArrayList<Failure.Field>();
        if (title != null && title.isBlank()) wrong.add(new Failure.Field("title", "is empty"));
        length(wrong, "title", title, TITLE_MAX);
        length(wrong, "summary", summary, SUMMARY_MAX);
        length(wrong, "body", body, BODY_MAX);
        if (keywords != null) {
            if (keywords.size() > KEYWORDS_MAX) wrong.add(new Failure.Field("keywords", "at most " + KEYWORDS_MAX));
            keywords.forEach(word -> length(wrong, "keywords", word, KEYWORD_MAX));
        }
        if (!wrong.isEmpty()) throw new Failure.Invalid(wrong.getFirst().field() + ": " + wrong.getFirst().detail(),
                wrong);
    }

    private static void length(List<Failure.Field> wrong, String field, String text, int charsMax) {
        if (text != null && text.length() > charsMax) {
            wrong.add(new Failure.Field(field, "at most " + charsMax + " characters"));
        }
    }

    static List<String> clean(List<String> keywords) {
        if (keywords == null) return List.of();
        return keywords.stream().filter(word -> word != null && !word.isBlank()).map(String::strip).distinct().toList();
    }
}
