package switchboard.knowledgebase.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.knowledgebase.article.Locales;
import switchboard.knowledgebase.article.Shelf;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.journal.Journal;

/// Finds published articles. Start here, then `Queries` (what matches), `Analyzers` (how words are read) and
/// `Replica` (how the index follows what is published).
///
/// Queries cost what the grammar of `QueryText` allows and no more; a search that takes too long all the same is cut.
/// Safe for many threads; Lucene's blocking calls stand behind one semaphore.
public final class Search implements AutoCloseable {
    public static final int LIMIT_MAX = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);
    private static final Duration TIMEOUT = Duration.ofMillis(1500); // a net: what the grammar allows takes far less
    private static final int SEARCHES_MAX = 8;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Analyzers analyzers = new Analyzers();
    private final Semaphore lucene = new Semaphore(SEARCHES_MAX);
    private final Replica replica;
    private final SearchLog log;

    public Search(Path folder, Database database, Journal journal) {
        this.replica = new Replica(folder, new Shelf(database), journal, analyzers);
        this.log = new SearchLog(database);
    }

    public Search start() {
        replica.start();
        log.start();
        Thread.ofVirtual().name("search-warm-up").start(this::warmUp);
        return this;
    }

    /// The first search loads classes and dictionaries: no reader should wait for them.
    private void warmUp() {
        for (var locale : Locales.ALL) {
            try {
                asTyped(locale, "welcome 欢迎 wellcom", 1);
            } catch (RuntimeException notYet) {
                LOG.debug("The search was not warmed up", notYet);
            }
        }
    }

    /// A whole question, as sent by a search form or another program; it is counted in the search log.
    ///
    /// @throws Failure.Invalid when the query is longer than 1000 characters or the limit is not 1 to 200
    /// @throws Failure.Unavailable when too many searches are under way or this one took too long
    public Found find(String locale, String query, int limit) {
        var found = find(locale, QueryText.parse(query, false), limit);
        if (!found.rebuilding()) log.count(locale, query, found.items().size());
        return found;
    }

    /// The same while the reader is still typing: the last word may be a beginning. Not counted.
    public Found asTyped(String locale, String query, int limit) {
        return find(locale, QueryText.parse(query, true), limit).strong();
    }

    /// Articles on the same matter, best first, without the article itself.
    public List<Hit> related(String locale, UUID id, String title, int limit) {
        var cut = title.substring(0, Math.min(title.length(), QueryText.CHARS_MAX));
        return find(locale, QueryText.parse(cut.replace('"', ' '), false), limit + 1).items().stream()
                .filter(hit -> !hit.id().equals(id)).limit(limit).toList();
    }

    /// Makes a change that this process has just committed visible to the next search.
    public void applyNow(UUID translationId) {
        replica.applyNow(translationId);
    }

    /// The index is being made anew; searches find what is there already.
    public boolean rebuilding() {
        return replica.rebuilding();
    }

    public SearchLog log() {
        return log;
    }

    private Found find(String locale, QueryText text, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) throw Failure.Invalid.field("limit", "1 to " + LIMIT_MAX);
        var index = replica.index();
        boolean rebuilding = replica.rebuilding();
        if (index == null || text.isEmpty()) return new Found(List.of(), null, rebuilding);
        enter();
        try {
            var searcher = index.acquire();
            try {
                return new Found(hits(searcher, locale, text, limit), null, rebuilding);
            } finally {
                index.release(searcher);
            }
        } catch (ExitableDirectoryReader.ExitingReaderException late) {
            throw new Failure.Unavailable("The search took too long");
        } catch (IOException | org.apache.lucene.store.AlreadyClosedException replaced) {
            return new Found(List.of(), null, true);
        } finally {
            lucene.release();
        }
    }

    private void enter() {
        try {
            if (lucene.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        throw new Failure.Unavailable("Too many searches at once");
    }

    private List<Hit> hits(IndexSearcher shared, String locale, QueryText text, int limit) throws IOException {
        var timeout = new QueryTimeoutImpl(TIMEOUT.toMillis());
        var searcher = timed((DirectoryReader) shared.getIndexReader(), timeout);
        var words = searcher.rewrite(new Queries(analyzers, searcher.getIndexReader(), locale).of(text));
        var scored = top(searcher, words, locale, limit);
        if (searcher.timedOut()) throw new Failure.Unavailable("The search took too long");
        var snippets = new Snippets(analyzers, locale, words);
        var hits = new ArrayList<Hit>();
        for (var one : scored) hits.add(hit(shared.storedFields().document(one.doc), one.score, snippets));
        return hits;
    }

    private static IndexSearcher timed(DirectoryReader reader, QueryTimeout timeout) throws IOException {
        var searcher = new IndexSearcher(ExitableDirectoryReader.wrap(reader, timeout));
        searcher.setSimilarity(Documents.SIMILARITY);
        searcher.setTimeout(timeout);
        return searcher;
    }

    /// The locale is part of the query, so that nothing is filtered after the best were chosen.
    static ScoreDoc[] top(IndexSearcher searcher, Query words, String locale, int limit) throws IOException {
        var query = new BooleanQuery.Builder().add(words, Occur.MUST)
                .add(new TermQuery(new Term(Documents.LOCALE, locale)), Occur.FILTER).build();
        return searcher.search(query, limit).scoreDocs;
    }

    private static Hit hit(Document document, float score, Snippets snippets) throws IOException {
        var title = document.get(Documents.TITLE);
        return new Hit(UUID.fromString(document.get(Documents.ID)), title, snippets.title(title),
                document.get(Documents.URL),
                snippets.passage(document.get(Documents.SUMMARY), document.get(Documents.TEXT)),
                UUID.fromString(document.get(Documents.CATEGORY)), score);
    }

    @Override
    public void close() {
        replica.close();
        log.close();
        analyzers.close();
    }
}
