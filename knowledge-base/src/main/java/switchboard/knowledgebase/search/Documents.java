package switchboard.knowledgebase.search;

import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.search.similarities.BM25Similarity;

/// An article as a document of the index: searched in every reading of its locale, stored as plain text.
final class Documents {
    /// Short texts: the length of an article says little, and a word said twice little more than once.
    /// The values of Anserini's "flat" BM25 baselines for BEIR.
    static final BM25Similarity SIMILARITY = new BM25Similarity(0.9f, 0.4f);

    static final String ID = "id";
    static final String LOCALE = "locale";
    static final String TITLE = "title";
    static final String SUMMARY = "summary";
    static final String TEXT = "text";
    static final String URL = "url";
    static final String CATEGORY = "category";

    private Documents() {}

    /// @param text the body without its markup
    record Source(String id, String locale, String category, String url, String title, String summary,
                  List<String> keywords, String text) {}

    static Document of(Source source) {
        var document = new Document();
        document.add(new StringField(ID, source.id(), Store.YES));
        document.add(new StringField(LOCALE, source.locale(), Store.YES));
        document.add(new StringField(CATEGORY, source.category(), Store.YES));
        document.add(new StoredField(URL, source.url()));
        document.add(new StoredField(TITLE, source.title()));
        document.add(new StoredField(SUMMARY, source.summary()));
        document.add(new StoredField(TEXT, source.text()));
        var keywords = String.join("\n", source.keywords());
        var all = String.join("\n", source.title(), source.summary(), keywords, source.text());
        for (var reading : Analyzers.readings(source.locale())) {
            document.add(new TextField(Part.ALL.field(reading), all, Store.NO));
            document.add(new TextField(Part.TITLE.field(reading), source.title(), Store.NO));
            document.add(new TextField(Part.SUMMARY.field(reading), source.summary(), Store.NO));
            document.add(new TextField(Part.KEYWORDS.field(reading), keywords, Store.NO));
        }
        return document;
    }
}
