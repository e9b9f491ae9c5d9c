package switchboard.ticketing.ticket;

import java.util.List;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;

/// The tags in use, as suggestions for tagging.
public final class Tags {
    private static final int TAGS_MAX = 500;
    /// Tags are counted over the newest tagged tickets only.
    private static final int TICKETS_MAX = 5_000;

    private final Database database;

    public Tags(Database database) {
        this.database = database;
    }

    /// @param tickets how many of the newest 5,000 tagged tickets visible to the reader carry it
    public record Tag(String name, long tickets) {}

    /// Most used first.
    public List<Tag> inUse(Where visible) {
        return database.sql().list(Tag.class, """
                select x.tag as name, count(*) as tickets
                from (select t.tags from ticket t where t.tags <> '{}' and t.merged_into is null and %s
                      order by t.last_at desc, t.id desc limit $1) seen cross join lateral unnest(seen.tags) x(tag)
                group by x.tag order by count(*) desc, x.tag limit $2""".formatted(visible.sql(3)),
                visible.arguments(TICKETS_MAX, TAGS_MAX));
    }
}
