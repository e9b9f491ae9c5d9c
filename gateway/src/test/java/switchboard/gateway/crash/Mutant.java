package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/// A class of the program with one mistake put into it, compiled aside, to stand before the right one on the class
/// path.
///
/// @param failpoint where the program is killed, or stopped while another takes over, so that the mistake shows
/// @param fault which count of the oracle it must turn red
record Mutant(String name, String source, String right, String wrong, String failpoint, String fault) {
    private static final String DOOR = "channels/src/main/java/switchboard/channels/email/MailDoor.java";
    private static final String INBOX = "ticketing/src/main/java/switchboard/ticketing/intake/Inbox.java";
    private static final String TEXTS = "channels/src/main/java/switchboard/channels/sms/SmsDelivery.java";
    private static final String OUTBOX = "ticketing/src/main/java/switchboard/ticketing/outbox/Outbox.java";

    static List<Mutant> all() {
        return List.of(
                new Mutant("acknowledge-before-commit", DOOR,
                        "inbox.put(arrival(lane, mailbox, stamped, raw, client));", """
                        Thread.ofVirtual().start(() -> {
                            try {
                                Thread.sleep(500);
                            } catch (InterruptedException stop) {
                                return;
                            }
                            inbox.put(arrival(lane, mailbox, stamped, raw, client));
                        });""", "inbox.before-write:60:kill", "lost"),
                new Mutant("no-key", INBOX, "strings(arrivals, Arrival::key)",
                        "strings(arrivals, arrival -> arrival.key() + java.util.UUID.randomUUID())",
                        "smtp.before-250:12:kill", "doubled"),
                new Mutant("cursor-before-commit", DOOR, "Failpoint.pass(\"imap.fetched\");", """
                        database.sql().execute("update mailbox set uid_validity = $2, uid_last = $3 where id = $1",
                                start.id(), next.uidValidity(), next.lastUid());
                        Failpoint.pass("imap.fetched");""", "imap.fetched:2:kill", "lost"),
                new Mutant("no-question-after-a-crash", OUTBOX, "t.was in ('leased', 'uncertain') as uncertain",
                        "false as uncertain", "sms.after-post:8:kill", "second text"),
                new Mutant("no-fence", TEXTS, "if (!Outbox.held(database.sql(), row)) return Outbox.LOST;", "",
                        "sms.before-post:8:stop", "second text"));
    }

    /// @return the folder of its classes
    Path compile() {
        try {
            var root = root();
            var code = Files.readString(root.resolve(source));
            if (!code.contains(right)) throw new AssertionError(name + ": the right code is not there any more: "
                    + right);
            var out = Files.createDirectories(Path.of("target", "crash", "mutant-" + name).toAbsolutePath());
            var file = out.resolve(Path.of(source).getFileName());
            Files.writeString(file, code.replace(right, wrong));
            var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-nowarn", "-proc:none", "-cp",
                    classPath,
                    "-d", out.toString(), file.toString());
            if (failed != 0) throw new AssertionError(name + " does not compile");
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("switchboard"))) folder = folder.getParent();
        return folder;
    }
}
