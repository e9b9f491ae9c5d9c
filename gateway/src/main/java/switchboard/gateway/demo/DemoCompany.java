package switchboard.gateway.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.gateway.Settings;
import switchboard.gateway.admin.CompanySettings;
import switchboard.gateway.session.Passwords;
import switchboard.knowledgebase.demo.DemoArticles;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Address;

/// Loads the demo company into an empty database, once: people, customers, what was said so far, articles.
public final class DemoCompany {
    private static final String PASSWORD = "demo";
    /// A call fits beside two chats, so that whoever plays one agent can try both.
    private static final int LIVE_CAPACITY = 150;
    private static final String FRONT_DESK = "Front desk";
    /// The setting that says whose database this is.
    private static final String MARK = "demo";

    private final Database database;
    private final Journal journal;
    private final DemoContent content = DemoContent.load();
    private final Map<String, UUID> teams = new HashMap<>();
    private final Map<String, UUID> agents = new HashMap<>();
    private final Map<String, UUID> customers = new HashMap<>();

    private DemoCompany(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    private record TeamRow(UUID id, String name, String description) {}

    private record AgentRow(UUID id, String name, String email, String role, String passwordHash, String status,
                            Instant statusSince, Instant idleSince, int capacity, int liveCapacity, String language,
                            String phone, String signature, Map<String, Object> preferences, boolean active,
                            Instant createdAt, int version) {}

    private record MemberRow(UUID teamId, UUID agentId) {}

    private record SkillRow(int brandId, String name) {}

    private record AgentSkillRow(UUID agentId, String name, int level) {}

    private record CustomerRow(UUID id, String name, String company, String language, String lifecycle,
                               List<String> segments, Map<String, Object> attributes, String timezone,
                               Instant createdAt, Instant updatedAt) {}

    private record IdentityRow(UUID id, UUID customerId, String kind, String value, String raw, boolean verified,
            String source) {}

    private record MacroRow(UUID id, String title, String text, List<DemoContent.Action> actions, boolean shared) {}

    /// Its passwords are known to everyone: nothing but the demo may run with it.
    ///
    /// @throws Settings.Wrong when this is the demo's database
    public static void refuse(Database database) {
        if (marked(database)) {
            throw new Settings.Wrong("This is the demo's database, whose passwords everyone knows: set SWITCHBOARD_HOME"
                    + " or SWITCHBOARD_DATABASE_URL to one of your own");
        }
    }

    private static boolean marked(Database database) {
        return database.sql().exists("select 1 from setting where name = $1", MARK);
    }

    private static void mark(Sql sql) {
        sql.execute("insert into setting (name, value) values ($1, '{}') on conflict do nothing", MARK);
    }

    /// Does nothing when the company is there already.
    ///
    /// @return whether it loaded
    /// @throws Settings.Wrong when the database is that of another company
    public static boolean load(Database database, Journal journal, Passwords passwords) {
        if (marked(database)) return false;
        if (database.sql().exists("select 1 from agent")) {
            if (!database.sql().exists("select 1 from agent where email = $1", DemoContent.load().company().admin()
                    .email())) {
                throw new Settings.Wrong("This database is not the demo's, and stays as it is: set SWITCHBOARD_HOME to"
                        + " another folder for the demo");
            }
            mark(database.sql());
            return false;
        }
        var company = new DemoCompany(database, journal);
        var hash = passwords.hash(PASSWORD);
        database.run(tx -> {
            mark(tx);
            company.people(tx, hash);
            company.customers(tx);
            new DemoHistory(company.content, company.teams, company.agents, company.customers).write(tx, journal);
        });
        DemoArticles.load(database, journal);
        journal.committed();
        return true;
    }

    /// All visitors of the demo sit at one address: the limit on conversations from one address would be in their way.
    public static void relaxChat(Database database) {
        database.sql().execute("""
                update setting set value = value || '{"conversationsPerHourMax": 1000}' where name = 'widget'""");
        // The widget is created after the company.
        database.sql().execute("""
                update setting set value = value || jsonb_build_object('teamId', (select id from team where name = $1))
                where name = 'widget' and value ->> 'teamId' is null
                  and exists (select 1 from team where name = $1)""", FRONT_DESK);
    }

    private void people(Sql tx, String hash) {
        var company = content.company();
        var now = Instant.now();
        company.teams().forEach(team -> teams.put(team.key(), Ids.next()));
        tx.insert("team", company.teams().stream()
                .map(team -> new TeamRow(teams.get(team.key()), team.name(), team.description())).toList());
        var everybody = new java.util.ArrayList<>(company.agents());
        everybody.add(company.admin());
        everybody.forEach(agent -> agents.put(agent.key(), Ids.next()));
        tx.insert("agent", everybody.stream().map(agent -> new AgentRow(agents.get(agent.key()), agent.name(),
                agent.email(), agent.role(), hash, agent.status(), now,
                now.minus(Duration.ofMinutes(everybody.indexOf(agent))), 100, LIVE_CAPACITY, agent.language(),
                agent.phone(), agent.signature(), Map.of(), true, now, 1)).toList());
        tx.insert("team_member", everybody.stream().flatMap(agent -> agent.teams().stream()
                .map(team -> new MemberRow(teams.get(team), agents.get(agent.key())))).toList());
        tx.insert("skill", company.skills().stream().map(name -> new SkillRow(1, name)).toList());
        tx.insert("agent_skill", everybody.stream().flatMap(agent -> agent.skills().stream()
                .map(skill -> new AgentSkillRow(agents.get(agent.key()), skill.name(), skill.level() * 2))).toList());
        tx.execute("update brand set name = $1 where id = 1", company.name());
        CompanySettings.setRegion(tx, "US");
        tx.execute("insert into setting (name, value) values ('calls', '{\"regions\": [\"CN\", \"GB\"]}') on conflict "
                + "do nothing");
        lines(tx, company, frontDesk(tx));
        tx.insert("macro", company.macros().stream().flatMap(macro -> List.of("en", "zh-CN").stream()
                .map(language -> new MacroRow(Ids.next(), macro.title().in(language), macro.text().in(language),
                        macro.actions().stream().map(this::action).toList(), true))).toList());
    }

    /// All agents, because only a message's text shows which other team it is for.
    private UUID frontDesk(Sql tx) {
        var id = Ids.next();
        tx.insert("team", List.of(new TeamRow(id, FRONT_DESK, "What comes in by mail, chat, text and form.")));
        tx.insert("team_member", agents.values().stream().map(agent -> new MemberRow(id, agent)).toList());
        return id;
    }

    private void lines(Sql tx, DemoContent.Company company, UUID team) {
        tx.execute("insert into mailbox (id, name, address, team_id) values ($1, $2, $3, $4)", Ids.next(),
                company.name(), company.supportAddress(), team);
        tx.execute("""
                insert into phone_number (id, number, name, greeting, menu, team_id)
                values ($1, $2, $3, $4, $5::text::jsonb, $6)""",
                Ids.next(), company.number(), company.name(), "Welcome to " + company.name() + ".", menu(), team);
        new RoutingRules(RoutingRules.OWNER_PREFERRED_MINUTES, RoutingRules.CHAT_ENDS_AFTER_MINUTES, team).store(tx);
    }

    private String menu() {
        record Choice(String digit, String label, UUID teamId) {}
        var choices = new java.util.ArrayList<Choice>();
        for (var team : content.company().teams()) {
            choices.add(new Choice(String.valueOf(choices.size() + 1), team.name(), teams.get(team.key())));
        }
        return Json.write(choices);
    }

    private DemoContent.Action action(DemoContent.Action action) {
        return action.kind().equals("team")
                ? new DemoContent.Action("team", teams.get(action.value()).toString()) : action;
    }

    private void customers(Sql tx) {
        var now = Instant.now();
        content.customers().forEach(customer -> customers.put(customer.key(), Ids.next()));
        tx.insert("customer", content.customers().stream().map(one -> new CustomerRow(customers.get(one.key()),
                one.name(), one.company().orElse(""), one.language(), one.lifecycle(), one.segments(), one.attributes(),
                one.timezone(),
                now.minus(Duration.ofDays(80)), now)).toList());
        tx.insert("identity", content.customers().stream().flatMap(one -> one.identities().stream().map(identity -> {
            var address = Address.of(identity.kind(), identity.value()).orElseThrow();
            return new IdentityRow(Ids.next(), customers.get(one.key()), address.kind(), address.value(), address.raw(),
                    true, "import");
        })).toList());
        journal.append(tx, content.customers().stream().map(one -> Entry.of("customer.created", Actor.SYSTEM,
                now.minus(Duration.ofDays(80))).customer(customers.get(one.key())).facts(Map.of("reason", "import")))
                        .toList());
    }
}
