package switchboard.knowledgebase.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.knowledgebase.article.Shelf;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Sequenced;
import switchboard.ticketing.journal.Tailer;
import switchboard.ticketing.journal.Worker;

/// This node's copy of the published articles for searching. It follows the journal from the sequence that its last
/// commit carries; without a usable folder it is made anew from the database. The folder may be deleted at any time.
final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration REFRESH = Duration.ofMillis(300);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final int PAGE = 200;
    private static final Set<String> FOLLOWED = Set.of("article.published", "article.archived", "article.changed");

    private final Path folder;
    private final Shelf shelf;
    private final Journal journal;
    private final Analyzers analyzers;
    /// One writer at a time reads the database and writes what it read, so that an older text never lands on a newer.
    private final ReentrantLock writing = new ReentrantLock();
    private final Worker upkeep = new Worker("search-index", REFRESH, this::keepUp);
    private volatile Index index;
    private volatile boolean rebuilding = true;
    private volatile boolean closed;
    private Tailer tailer;
    private long seq;
    private long committedSeq;
    private boolean dirty;
    private long committedAtNanos = System.nanoTime();

    Replica(Path folder, Shelf shelf, Journal journal, Analyzers analyzers) {
        this.folder = folder;
        this.shelf = shelf;
        this.journal = journal;
        this.analyzers = analyzers;
    }

    /// Opens what there is at once; a missing or broken index is made in the background.
    void start() {
        try {
            index = Index.open(folder, analyzers);
            if (index.seq() > journal.last()) throw new IOException("it knows a later sequence than the journal");
            seq = index.seq();
            rebuilding = false;
            follow();
        } catch (LockObtainFailedException taken) {
            throw new IllegalStateException("Another process uses the search index in " + folder, taken);
        } catch (IOException | RuntimeException unusable) {
            LOG.info("The search index is made anew: {}", unusable.getMessage());
            Thread.ofVirtual().name("search-rebuild").start(() -> {
                while (!closed && !tryRebuild()) rest();
                if (!closed) follow();
            });
        }
    }

    private synchronized void follow() {
        if (closed) return;
        tailer = Tailer.local(journal, "search", seq, this::apply);
        upkeep.start();
    }

    boolean rebuilding() {
        return rebuilding;
    }

    /// The index to search; null before the first is open.
    Index index() {
        return index;
    }

    /// Shows a change that this process has just committed, without waiting for the journal.
    void applyNow(UUID translationId) {
        if (index == null || rebuilding) return;
        locked(() -> {
            write(List.of(translationId));
            index.refresh();
        });
    }

    private void apply(List<Sequenced> batch) {
        var changed = new LinkedHashSet<UUID>();
        for (var entry : batch) {
            if (FOLLOWED.contains(entry.kind())) id(entry.facts().path("translationId")).ifPresent(changed::add);
        }
        locked(() -> {
            if (!changed.isEmpty()) write(changed);
            seq = batch.getLast().seq();
        });
    }

    private static java.util.Optional<UUID> id(JsonNode fact) {
        return fact.isTextual() ? java.util.Optional.of(UUID.fromString(fact.asText())) : java.util.Optional.empty();
    }

    private void write(Collection<UUID> ids) throws IOException {
        var published = shelf.byIds(List.copyOf(ids));
        for (var article : published) index.put(Sources.of(article));
        for (var id : ids) {
            if (published.stream().noneMatch(article -> article.id().equals(id))) index.remove(id.toString());
        }
        dirty = true;
    }

    /// Refreshes what searches see; commits now and then; notices when the folder is gone.
    private boolean keepUp() {
        locked(() -> {
            if (dirty) index.refresh();
            boolean due = System.nanoTime() - committedAtNanos > COMMIT.toNanos();
            if (!due) return;
            committedAtNanos = System.nanoTime();
            if (!Files.isDirectory(folder) || !index.exists()) throw new IOException("its folder is gone");
            if (dirty || seq - committedSeq > PAGE) commit();
        });
        return false;
    }

    private void commit() throws IOException {
        index.commit(seq);
        committedSeq = seq;
        dirty = false;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) {
        writing.lock();
        try {
            if (closed) return;
            if (index == null) throw new IOException("it could not be made the last time");
            work.run();
        } catch (IOException | org.apache.lucene.store.AlreadyClosedException broken) {
            LOG.warn("The search index is made anew: {}", broken.getMessage());
            rebuild();
        } finally {
            writing.unlock();
        }
    }

    private boolean tryRebuild() {
        writing.lock();
        try {
            rebuild();
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("The search index could not be made: {}", failed.toString());
            return false;
        } finally {
            writing.unlock();
        }
    }

    private void rebuild() {
        rebuilding = true;
        try {
            if (index != null) index.abandon();
            index = null;
            Index.delete(folder);
            var fresh = Index.create(folder, analyzers);
            index = fresh;
            // Changes that come while we read are later in the journal, and are applied again.
            long from = journal.last();
            UUID after = null;
            for (var page = shelf.page(null, PAGE); !page.isEmpty(); page = shelf.page(after, PAGE)) {
                for (var article : page) fresh.put(Sources.of(article));
                fresh.refresh();
                after = page.getLast().id();
            }
            seq = Math.max(seq, from);
            commit();
            fresh.refresh();
            rebuilding = false;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void rest() {
        try {
            Thread.sleep(REFRESH);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (tailer != null) {
                tailer.close();
                upkeep.close();
            }
        }
        writing.lock();
        try {
            closed = true;
            if (index != null) {
                if (!rebuilding) commit();
                index.abandon();
            }
        } catch (IOException lost) {
            LOG.warn("The search index was not saved: {}", lost.getMessage());
        } finally {
            writing.unlock();
        }
    }
}
