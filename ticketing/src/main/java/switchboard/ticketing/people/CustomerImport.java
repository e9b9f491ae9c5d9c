package switchboard.ticketing.people;

import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.journal.Journal;

/// Customers from another system, a few hundred at a time beside the running program.
///
/// A line matches an existing customer by external id, else by an address together with a name that may be the same
/// person's. It updates what differs, so importing the same line twice changes nothing. An address of two people never
/// merges them: it is marked as shared, the pair is suggested, and the line is reported. Each chunk is one transaction.
/// When the database refuses a line, the chunk is retried line by line to find it.
public final class CustomerImport {
    /// As many lines as a transaction takes well under a second for.
    public static final int CHUNK = 200;
    private static final int TRIES_MAX = 3;
    private static final int NAME_CHARS_MAX = 200;
    private static final int WORD_CHARS_MAX = 200;
    private static final int ATTRIBUTES_CHARS_MAX = 20_000;
    private static final int IDENTITIES_MAX = 20;

    private final Database database;
    private final Journal journal;

    public CustomerImport(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// What a line says; null or empty where it says nothing, which leaves what is known.
    ///
    /// @param number of the line in its file, for the report
    public record Line(int number, String name, String company, String lifecycle, String language, String timezone,
                       List<String> segments, Map<String, Object> attributes,
                       List<Customers.NewIdentity> identities) {
        Line reachedBy(List<Customers.NewIdentity> reached) {
            return new Line(number, name, company, lifecycle, language, timezone, segments, attributes, reached);
        }
    }

    /// @param line the number of the line that it is about
    /// @param lost nothing of the line was imported; otherwise all but what the text names
    public record Problem(int line, String text, boolean lost) {}

    public record Outcome(int created, int changed, int same, List<Problem> problems) {
        static final Outcome NONE = new Outcome(0, 0, 0, List.of());

        public Outcome plus(Outcome other) {
            var all = new ArrayList<>(problems);
            all.addAll(other.problems);
            return new Outcome(created + other.created, changed + other.changed, same + other.same, all);
        }
    }

    /// Imports up to `CHUNK` lines and returns after the commit.
    public Outcome run(List<Line> lines) {
        var good = new ArrayList<ImportedPerson>();
        var bad = new ArrayList<Problem>();
        var region = Region.ofCompany(database.sql());
        for (var line : lines) {
            var reached = new ArrayList<Customers.NewIdentity>();
            for (var one : line.identities()) {
                var unread = unread(one, region, line.language());
                if (unread.isEmpty()) reached.add(one);
                else bad.add(new Problem(line.number(), unread, false));
            }
            var wrong = wrong(line, reached);
            if (wrong.isEmpty()) good.add(ImportedPerson.of(line.reachedBy(reached), region));
            else lost(bad, line.number(), wrong);
        }
        var outcome = good.isEmpty() ? Outcome.NONE : commit(good);
        journal.committed();
        return outcome.plus(new Outcome(0, 0, 0, bad));
    }

    private Outcome commit(List<ImportedPerson> people) {
        for (int attempt = 1;; attempt++) {
            try {
                return database.transaction(tx -> new ImportChunk(tx, people).write(journal));
            } catch (ImportChunk.Overtaken overtaken) {
                if (attempt < TRIES_MAX) continue;
                if (people.size() == 1) return refused(people.getFirst(), "somebody writes this customer all the time");
            } catch (PgException refused) {
                if (people.size() == 1) return refused(people.getFirst(), refused.getErrorMessage());
            }
            var outcome = Outcome.NONE;
            for (var one : people) outcome = outcome.plus(commit(List.of(one)));
            return outcome;
        }
    }

    private static Outcome refused(ImportedPerson one, String why) {
        return new Outcome(0, 0, 0, List.of(new Problem(one.line().number(), why, true)));
    }

    /// Reports each lost line once: with the last reason, unless an address was the reason.
    private static void lost(List<Problem> bad, int line, String why) {
        var before = bad.stream().filter(one -> one.line() == line).findFirst();
        bad.removeIf(one -> one.line() == line);
        bad.add(new Problem(line, before.map(Problem::text).orElse(why), true));
    }

    /// @return why the address can't be imported; empty when it can
    private static String unread(Customers.NewIdentity one, Region region, String language) {
        if (one.kind() == null || one.value() == null) return "has an identity without kind or value";
        if (one.kind().equals(Address.PHONE)) {
            return TypedNumber.read(one.value(), region, language) instanceof TypedNumber.Unclear unclear
                    ? TypedNumber.question(unclear) : "";
        }
        return Address.of(one.kind(), one.value()).isEmpty() ? one.value() + " is no " + one.kind() : "";
    }

    /// @return why the line can't be imported at all; empty when it can
    private static String wrong(Line line, List<Customers.NewIdentity> reached) {
        if (reached.isEmpty()) return "has no external id, email or phone to know it by";
        if (reached.size() > IDENTITIES_MAX) return "has more than " + IDENTITIES_MAX + " identities";
        if (longer(line.name(), NAME_CHARS_MAX)) return "has a name longer than " + NAME_CHARS_MAX + " characters";
        for (var text : new String[] {line.company(), line.lifecycle(), line.language(), line.timezone()}) {
            if (longer(text, WORD_CHARS_MAX)) return "has a cell longer than " + WORD_CHARS_MAX + " characters";
        }
        if (switchboard.ticketing.base.Json.write(line.attributes()).length() > ATTRIBUTES_CHARS_MAX) {
            return "has attributes of more than " + ATTRIBUTES_CHARS_MAX + " characters";
        }
        return "";
    }

    private static boolean longer(String text, int charsMax) {
        return text != null && text.length() > charsMax;
    }
}
