package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Whether an article helped: one vote a reader and text, which may be changed.
public final class Votes {
    private final Database database;
    private final Journal journal;

    public Votes(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// @param voter whatever tells one reader from another without naming them
    /// @return false when there is no such published article or the vote stood so already
    public boolean record(UUID translationId, String voter, boolean helpful) {
        var counted = database.transaction(tx -> {
            int changed = tx.execute("""
                    insert into article_vote as v (translation_id, voter, helpful)
                    select id, $2, $3 from article_translation where id = $1 and state = 'published'
                    on conflict (translation_id, voter) do update set helpful = excluded.helpful, at = now()
                    where v.helpful <> excluded.helpful""", translationId, voter, helpful);
            if (changed == 0) return false;
            journal.append(tx, Entry.of("article.voted", Actor.SYSTEM, Instant.now())
                    .facts(Map.of("translationId", translationId, "helpful", helpful)));
            return true;
        });
        journal.committed();
        return counted;
    }
}
