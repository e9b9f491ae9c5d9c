package switchboard.knowledgebase.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.base.Failure;

/// How long the parts of an article may be, in characters: far above what people write, far below what hurts.
final class Limits {
    static final int TITLE_MAX = 200;
    static final int SUMMARY_MAX = 1_000;
    static final int BODY_MAX = 200_000;
    static final int KEYWORD_MAX = 80;
    static final int KEYWORDS_MAX = 50;
    static final int ICON_MAX = 40;

    private Limits() {}

    static void check(ArticleDraft draft) {
        Locales.require(draft.locale());
        if (draft.title() == null) throw Failure.Invalid.field("title", "is missing");
        check(draft.title(), draft.summary(), draft.body(), draft.keywords());
    }

    static void check(CategoryChange change) {
        var wrong = new ArrayList<Failure.Field>();
        texts(wrong, "title", change.title(), TITLE_MAX);
        texts(wrong, "description", change.description(), SUMMARY_MAX);
        if (change.title() != null && change.title().values().stream().allMatch(Limits::blank)) {
            wrong.add(new Failure.Field("title", "is empty"));
        }
        length(wrong, "slug", change.slug(), TITLE_MAX);
        length(wrong, "icon", change.icon(), ICON_MAX);
        refuse(wrong);
    }

    private static void texts(List<Failure.Field> wrong, String field, Map<String, String> texts, int charsMax) {
        if (texts == null) return;
        texts.forEach((locale, text) -> {
            if (!Locales.known(locale) || text == null) {
                wrong.add(new Failure.Field(field, "one text each for " + String.join(", ", Locales.ALL)));
            } else if (field.equals("title") && text.isBlank()) {
                wrong.add(new Failure.Field(field, "is empty in " + locale));
            }
            length(wrong, field, text, charsMax);
        });
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static void refuse(List<Failure.Field> wrong) {
        if (!wrong.isEmpty()) throw new Failure.Invalid(wrong.getFirst().field() + ": " + wrong.getFirst().detail(),
                wrong);
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
        refuse(wrong);
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
