package switchboard.ticketing.access;

import java.util.List;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;

/// The words for what agents can do, such as `language:zh-CN` or `billing`; tickets may ask for them.
public final class Skills {
    private static final int SKILLS_MAX = 1000;
    private static final int NAME_CHARS_MAX = 80;

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
        if (skill.name() == null || skill.name().isBlank() || skill.name().length() > NAME_CHARS_MAX) {
            throw Failure.Invalid.field("name", "must have 1 to " + NAME_CHARS_MAX + " characters");
        }
        database.sql().execute("insert into skill (name) values ($1) on conflict do nothing", skill.name().strip());
        return new Skill(skill.name().strip());
    }

    public void delete(String name) {
        database.run(tx -> {
            tx.execute("delete from agent_skill where name = $1", name);
            if (tx.execute("delete from skill where name = $1", name) == 0) throw new Failure.NotFound("The skill");
        });
    }
}
