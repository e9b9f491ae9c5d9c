package switchboard.knowledgebase.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lucene index of one folder: written by one thread at a time, searched by many.
final class Index {
    /// Raised whenever analyzers or fields change: an index of another format is made anew.
    private static final String FORMAT = "3";

    private static final Logger LOG = LoggerFactory.getLogger(Index.class);

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final long seq;

    private Index(Directory directory, Analyzers analyzers, OpenMode mode) throws IOException {
        this.directory = directory;
        this.writer = new IndexWriter(directory, new IndexWriterConfig(analyzers).setOpenMode(mode)
                .setSimilarity(Documents.SIMILARITY).setCommitOnClose(false));
        this.searchers = new SearcherManager(writer, null);
        this.seq = seq(writer);
    }

    /// Opens the index of the folder, checking every byte of it.
    ///
    /// @throws IOException when there is none, it is damaged or of another format
    static Index open(Path folder, Analyzers analyzers) throws IOException {
        Files.createDirectories(folder);
        var directory = FSDirectory.open(folder);
        try {
            if (!DirectoryReader.indexExists(directory)) throw new IOException("there is none");
            check(directory);
            return new Index(directory, analyzers, OpenMode.APPEND);
        } catch (IOException | RuntimeException unusable) {
            directory.close();
            throw unusable;
        }
    }

    /// Makes an empty index.
    static Index create(Path folder, Analyzers analyzers) throws IOException {
        Files.createDirectories(folder);
        return new Index(FSDirectory.open(folder), analyzers, OpenMode.CREATE);
    }

    private static void check(Directory directory) throws IOException {
        try (var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) leaf.reader().checkIntegrity();
            var kept = reader.getIndexCommit().getUserData();
            if (!FORMAT.equals(kept.get("format"))) throw new IOException("it has another format");
        }
    }

    private static long seq(IndexWriter writer) {
        var kept = new HashMap<String, String>();
        var data = writer.getLiveCommitData();
        if (data != null) data.forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return Long.parseLong(kept.getOrDefault("seq", "0"));
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    long seq() {
        return seq;
    }

    boolean exists() throws IOException {
        return DirectoryReader.indexExists(directory);
    }

    void put(Documents.Source source) throws IOException {
        writer.updateDocument(new Term(Documents.ID, source.id()), Documents.of(source));
    }

    void remove(String id) throws IOException {
        writer.deleteDocuments(new Term(Documents.ID, id));
    }

    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    void commit(long seq) throws IOException {
        writer.setLiveCommitData(Map.of("seq", Long.toString(seq), "format", FORMAT).entrySet());
        writer.commit();
    }

    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /// Closes without saving what was not committed. Never fails: what is left behind belongs to nobody.
    void abandon() {
        try (directory) {
            searchers.close();
            writer.rollback();
        } catch (IOException | RuntimeException gone) {
            LOG.debug("The index was not closed cleanly", gone);
        }
    }
}
