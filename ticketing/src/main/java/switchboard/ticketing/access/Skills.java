package switchboard.ticketing.access;

import java.util.List;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;

/// The words for what agents can do, such as `language:zh-CN` or `billing`; tickets may ask for them.
public final class Skills {
    private static final int SKILLS_MAX = 1000;
    static final int NAME_CHARS_MAX = 80;

    private final Database database;

    public Skills(Database database) {
        this.database = database;
    }

    public record Skill(String name) {}

    public List<Skill> list() {
        return database.sql().list(Skill.class, "select name from skill order by name limit " + SKILLS_MAX);
    }

    /// Known already is fine.
    public Skill create(Skill skill) {
        var name = Label.checked("name", skill.name(), NAME_CHARS_MAX);
        database.sql().execute("insert into skill (name) values ($1) on conflict do nothing", name);
        return new Skill(name);
    }

    public void delete(String name) {
        database.run(tx -> {
            tx.execute("delete from agent_skill where name = $1", name);
            if (tx.execute("delete from skill where name = $1", name) == 0) throw new Failure.NotFound("The skill");
        });
    }
}
