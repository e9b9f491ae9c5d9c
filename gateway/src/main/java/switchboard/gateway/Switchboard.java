package switchboard.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.gateway.admin.CompanySettings;
import switchboard.gateway.bench.Benches;
import switchboard.gateway.inspect.Inspections;
import switchboard.gateway.session.Passwords;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.PostgresUnavailable;

/// The program. The first word says what to do; `help` lists the words. What a person can put right is one line and
/// exit code 2.
public final class Switchboard {
    private static final int WRONG = 2;
    private static final String API_FILE = "agent-console/openapi.json";

    private Switchboard() {}

    private interface Command {
        void run(List<String> words) throws Exception;
    }

    private record Line(String usage, String help, Command command) {}

    private static final Map<String, Line> COMMANDS = commands();

    private static Map<String, Line> commands() {
        var lines = List.of(
                new Line("demo [--reset]", "starts everything embedded, with the demo company", Switchboard::demo),
                new Line("serve", "starts the program for production", _ -> serve(Settings.serve())),
                new Line("admin create EMAIL [COUNTRY]", "makes an administrator and prints the password; COUNTRY (CN, "
                        + "US, ...) is the company's", Switchboard::admin),
                new Line("token EMAIL", "prints a new API token of that agent", Switchboard::token),
                new Line("import FILE", "customers from CSV or JSON lines; again changes nothing",
                        words -> Imports.run(words, aside())),
                new Line("backup FILE", "everything stored into one encrypted file, beside the running program",
                        words -> Backups.backup(words, aside())),
                new Line("restore FILE", "a backup into an empty database", words -> Backups.restore(words, aside())),
                new Line("reseal [--forget]",
                        "seals stored passwords with a new SWITCHBOARD_SECRET; SWITCHBOARD_OLD_SECRET is the old one",
                        Switchboard::reseal),
                new Line("openapi", "writes " + API_FILE, _ -> openApi()),
                new Line("inspect WHAT ...",
                        "what the program makes of a mail, a document, a folder of mails, a scenario, an intent",
                        Inspections::run),
                new Line("bench NAME ...", "figures: ingest, mail, fanout, relevance, search, routing", Benches::run),
                new Line("fsck", "checks that the stored tables agree with each other", _ -> fsck()),
                new Line("help", "this list", _ -> help()));
        return lines.stream().collect(Collectors.toMap(line -> line.usage().split(" ")[0], line -> line,
                (one, _) -> one, TreeMap::new));
    }

    /// The search library advises flags for vector search, which is not used; kept here, or the setting is forgotten.
    private static final java.util.logging.Logger QUIET =
            java.util.logging.Logger.getLogger("org.apache.lucene.internal.vectorization");

    public static void main(String[] args) {
        QUIET.setLevel(java.util.logging.Level.SEVERE);
        int code = run(List.of(args));
        if (code != 0) System.exit(code);
    }

    static int run(List<String> words) {
        var line = COMMANDS.get(words.isEmpty() ? "help" : words.getFirst());
        try {
            if (line == null) throw new Settings.Wrong("There is no command " + words.getFirst()
                    + "; see ./switchboard help");
            line.command().run(words.isEmpty() ? words : words.subList(1, words.size()));
            return 0;
        } catch (Settings.Wrong | PostgresUnavailable wrong) {
            System.err.println("switchboard: " + wrong.getMessage());
            return WRONG;
        } catch (Exception failed) {
            System.err.println("switchboard: " + reason(failed));
            return failed instanceof IllegalStateException ? 1 : WRONG;
        }
    }

    private static String reason(Throwable failed) {
        var text = String.valueOf(failed.getMessage() == null ? failed : failed.getMessage()).strip();
        return text.lines().findFirst().orElse(text);
    }

    private static void help() {
        System.out.println("usage: ./switchboard COMMAND\n");
        COMMANDS.values().forEach(line -> System.out.printf("  %-30s %s%n", line.usage(), line.help()));
    }

    private static void serve(Settings settings) throws InterruptedException {
        if (settings.demo() && System.getenv("SWITCHBOARD_LOG_LEVEL") == null) {
            System.setProperty("SWITCHBOARD_LOG_LEVEL", "WARN");
        }
        var app = App.start(settings);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            stopped.countDown();
        }, "stop"));
        System.out.println("Switchboard is ready: " + app.url + "/console/");
        if (settings.demo()) {
            System.out.printf("  agents    admin@demo.test or kwame@demo.test, ..., password demo%n");
            System.out.printf("  customer  %s/demo/  (shop with chat, phone, mailbox)%n", app.url);
            System.out.printf("  help      %s/help/en/%n", app.url);
        }
        stopped.await();
    }

    private static void demo(List<String> words) throws Exception {
        var settings = Settings.demonstration();
        if (words.contains("--reset")) forget(settings.home());
        serve(settings);
    }

    private static void forget(Path home) throws IOException {
        if (!Files.exists(home)) return;
        if (!Files.exists(home.resolve("postgres"))) throw new Settings.Wrong(home
                + " is no home of Switchboard's; it stays as it is");
        Backups.refuseWhileRunning(home, "--reset");
        // A server that outlived its program is adopted, and ended, before its files go.
        EmbeddedPostgres.start(home).stop();
        try (Stream<Path> all = Files.walk(home.resolve("postgres"))) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static void admin(List<String> words) {
        boolean right = words.size() == 2 || words.size() == 3;
        if (!right || !words.getFirst().equals("create")) {
            throw new Settings.Wrong("usage: ./switchboard admin create EMAIL [COUNTRY]");
        }
        var country = words.size() < 3 ? Optional.<Region>empty() : Optional.of(Region.of(words.get(2)).orElseThrow(
                () -> new Settings.Wrong(words.get(2) + " is no country; give its two letters, as in CN")));
        try (var desk = new Desk(aside())) {
            var password = Ids.secret().substring(0, 16);
            var hash = new Passwords().hash(password);
            desk.database.run(tx -> {
                UUID id = desk.agents.create(tx, Actor.SYSTEM, new Agents.Invited(words.get(1), words.get(1)
                        .replaceAll("@.*", ""),
                        Caller.Role.ADMIN, List.of(), "en"));
                Agents.password(tx, id, hash);
            });
            country.ifPresent(region -> desk.database.run(tx -> CompanySettings.setRegion(tx, region.code())));
            System.out.println("Administrator " + words.get(1) + " with the password " + password);
            if (!Region.ofCompany(desk.database.sql()).known()) {
                System.out.println("In which country is the company? Set it in the console under Settings, Company, "
                        + "or with admin create EMAIL COUNTRY. Until then telephone numbers need their country code.");
            }
        }
    }

    private static void token(List<String> words) {
        if (words.size() != 1) throw new Settings.Wrong("usage: ./switchboard token EMAIL");
        try (var desk = new Desk(aside())) {
            var agent = desk.agents.credentials(words.getFirst()).filter(Agents.Credentials::active)
                    .orElseThrow(() -> new Settings.Wrong("There is no active agent " + words.getFirst()));
            System.out.println(desk.sessions.open(agent.id(), Sessions.Kind.API, "command line"));
        }
    }

    /// Stop the program first: a running one keeps sealing with the secret it was started with.
    private static void reseal(List<String> words) throws IOException {
        boolean forget = words.equals(List.of("--forget"));
        var old = Optional.ofNullable(System.getenv("SWITCHBOARD_OLD_SECRET")).filter(text -> !text.isBlank());
        if (!words.isEmpty() && !forget || old.isPresent() == forget) {
            throw new Settings.Wrong("usage: SWITCHBOARD_OLD_SECRET=... ./switchboard reseal, or reseal --forget where "
                    + "nobody knows the old secret: the passwords of mailboxes have to be given again then");
        }
        System.setProperty("SWITCHBOARD_LOG_LEVEL", "ERROR");
        var settings = Settings.serve();
        if (settings.databaseUrl().isEmpty()) Backups.refuseWhileRunning(settings.home(), "reseal");
        try (var desk = new Desk(settings)) {
            var counts = SealedSecrets.reseal(desk.database, old.map(Signer::new), new Signer(settings.secret()));
            System.out.println("Sealed " + counts.getFirst() + " passwords anew, forgot " + counts.getLast());
        }
    }

    /// The settings of the program that may be running beside, whose secret is not needed.
    private static Settings aside() {
        System.setProperty("SWITCHBOARD_LOG_LEVEL", "ERROR");
        return Settings.demonstration();
    }

    private static void openApi() throws IOException {
        Files.writeString(Path.of(API_FILE), OpenApi.of(new Areas().routes()));
        System.out.println("Wrote " + API_FILE);
    }

    private static void fsck() {
        try (var desk = new Desk(aside())) {
            var wrong = Fsck.run(desk.database.sql());
            wrong.forEach(System.out::println);
            if (!wrong.isEmpty()) throw new IllegalStateException(wrong.size() + " things do not agree");
            System.out.println("Everything agrees");
        }
    }
}
