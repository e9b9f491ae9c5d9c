package switchboard.knowledgebase.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/// The search engine without the search: what was committed to an index's folder, read beside the program that keeps
/// it. A benchmark measures by it what the program itself costs.
public final class LuceneAlone implements AutoCloseable {
    private final Analyzers analyzers;
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private LuceneAlone(Directory directory) throws IOException {
        this.directory = directory;
        this.reader = DirectoryReader.open(directory);
        this.analyzers = new Analyzers();
        this.searcher = new IndexSearcher(reader);
        this.searcher.setSimilarity(Documents.SIMILARITY);
    }

    /// @throws IOException when nothing was committed there yet
    public static LuceneAlone open(Path folder) throws IOException {
        var directory = FSDirectory.open(folder);
        try {
            return new LuceneAlone(directory);
        } catch (IOException none) {
            directory.close();
            throw none;
        }
    }

    public int documents() {
        return reader.numDocs();
    }

    /// Reads the question as `Search` does, now; what is returned only finds the best documents, without their fields.
    ///
    /// @return how many were found, at most `limit`
    public Callable<Integer> prepare(String locale, String question, int limit) throws IOException {
        var text = QueryText.parse(question, false);
        if (text.isEmpty()) return () -> 0;
        var words = searcher.rewrite(new Queries(analyzers, reader, locale).of(text));
        return () -> Search.top(searcher, words, locale, limit).length;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
        analyzers.close();
    }
}
