package switchboard.gateway.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import switchboard.gateway.crash.Notebook.Word;

/// Compares what the driver wrote down with what PostgreSQL holds and what came to the sinks, knowing nothing of how
/// the program did it: keys are read out of the messages' texts.
final class Oracle {
    /// Without any change in what is unfinished: a slow machine is not stuck.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(60);
    /// An attempt may have been renewed for as long as a mail server is waited for.
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(120);

    /// @param counts how many of each fault; all must be 0
    /// @param facts of the run, which no number is asked of
    /// @param examples a few keys of each fault
    record Verdict(Map<String, Integer> counts, Map<String, Long> facts, Map<String, List<String>> examples) {
        boolean clean() {
            return counts.values().stream().allMatch(count -> count == 0);
        }

        int of(String fault) {
            return counts.get(fault);
        }

        @Override
        public String toString() {
            return "faults " + counts + " facts " + facts + (clean() ? "" : " examples " + examples);
        }
    }

    private record Stored(Key key, String direction, long seq, Instant at) {}

    private record Sent(Key key, String channel, String state, List<Attempt> open) {}

    /// @param ended null when nobody wrote down how
    private record Attempt(Instant at, Instant ended) {}

    private final Connection connection;
    private final Sinks sinks;
    private final Notebook notebook;
    private final List<Instant> deaths;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Long> facts = new LinkedHashMap<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();

    Oracle(Connection connection, Sinks sinks, Notebook notebook, List<Instant> deaths) {
        this.connection = connection;
        this.sinks = sinks;
        this.notebook = notebook;
        this.deaths = List.copyOf(deaths);
        for (var fault : List.of("lost", "ghost", "doubled", "stuck", "unordered", "out of order", "refused",
                "not at sink",
                "second text", "second mail")) {
            counts.put(fault, 0);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reading<T> reading) {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<T>();
            while (rows.next()) all.add(reading.of(rows));
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fault(String name, String example) {
        counts.merge(name, 1, Integer::sum);
        var some = examples.computeIfAbsent(name, _ -> new ArrayList<>());
        if (some.size() < 5) some.add(example);
    }

    Verdict judge() {
        awaitQuiet();
        var said = notebook.read();
        var stored = rows("""
                select m.text, m.direction, coalesce(o.seq, 0), m.at from message m
                left join journal j on j.message_id = m.id and j.kind = 'message.received'
                left join journal_order o on o.id = j.id where m.text like '%key(%' order by o.seq, m.id""",
                row -> new Stored(Key.in(row.getString(1)).orElseThrow(), row.getString(2), row.getLong(3),
                        row.getTimestamp(4).toInstant()));
        compare(said, stored);
        order(stored.stream().filter(one -> one.direction().equals("inbound")).map(Stored::key).toList());
        var sent = rows("""
                select m.text, x.channel, x.state, (select string_agg(extract(epoch from a.at)::text || ' '
                  || coalesce(extract(epoch from a.ended_at)::text, 'never'), ' ')
                  from outbox_attempt a where a.outbox_id = x.id)
                from outbox x join message m on m.id = x.message_id where m.text like '%key(%' order by x.id""",
                row -> new Sent(Key.in(row.getString(1)).orElseThrow(), row.getString(2), row.getString(3),
                        attempts(row.getString(4)).filter(this::openAtADeath).toList()));
        sinks(sent);
        facts.put("kills", (long) deaths.size());
        facts.put("sent", (long) said.size());
        facts.put("acked", said.values().stream().filter(words -> words.contains(Word.ACKED)).count());
        facts.put("at some time unknown", said.entrySet().stream().filter(one -> one.getValue().contains(Word.UNKNOWN)
                && !one.getKey().startsWith("imap")).count());
        facts.put("stored", (long) stored.size());
        facts.put("mails out", (long) sinks.mails.size());
        facts.put("texts out", (long) sinks.texts().size());
        facts.put("attempts open at a kill", sent.stream().mapToLong(one -> one.open().size()).sum());
        return new Verdict(counts, facts, examples);
    }

    private static Stream<Attempt> attempts(String epochs) {
        if (epochs == null) return Stream.empty();
        var words = epochs.split(" ");
        return IntStream.range(0, words.length / 2).mapToObj(i -> new Attempt(instant(words[2 * i]),
                words[2 * i + 1].equals("never") ? null : instant(words[2 * i + 1])));
    }

    private static Instant instant(String epoch) {
        return Instant.ofEpochMilli((long) (Double.parseDouble(epoch) * 1000));
    }

    private boolean openAtADeath(Attempt attempt) {
        return deaths.stream().anyMatch(death -> !death.isBefore(attempt.at()) && (attempt.ended() == null
                ? death.isBefore(attempt.at().plus(ATTEMPT_MAX)) : death.isBefore(attempt.ended())));
    }

    private static final String UNFINISHED = """
            select 'inbox ' || door || ' ' || state || ' ' || coalesce(error, '') from inbox where state <> 'done'
            union all select 'outbox ' || channel || ' ' || state || ' ' || coalesce(last_error, '') from outbox
              where state <> 'sent'
            union all select 'journal ' || id from journal_pending""";

    private void awaitQuiet() {
        var began = Instant.now();
        var changed = began;
        var left = unfinished();
        while (!left.isEmpty() && Instant.now().isBefore(changed.plus(STUCK_AFTER))) {
            Program.pause(200);
            var now = unfinished();
            if (!now.equals(left)) changed = Instant.now();
            left = now;
        }
        left.forEach(one -> fault("stuck", one));
        facts.put("quiet after ms", Duration.between(began, Instant.now()).toMillis());
    }

    private List<String> unfinished() {
        var left = rows(UNFINISHED, row -> row.getString(1));
        // A mail that was stored just before a kill stays unmarked: the program remembers it by its own cursor.
        var stored = new HashSet<>(rows("select text from message where text like '%key(imap%'",
                row -> Key.in(row.getString(1)).orElseThrow()));
        sinks.mailbox(false).stream().filter(key -> !stored.contains(key)).forEach(key -> left.add("mailbox " + key));
        left.sort(null);
        return left;
    }

    /// The mailbox's mails are acknowledged by `\Seen`; the server keeps them, so each of them must come in the end.
    private void compare(Map<String, Set<Word>> said, List<Stored> stored) {
        var times = new HashMap<String, Integer>();
        stored.forEach(one -> {
            times.merge(one.key().toString(), 1, Integer::sum);
            if (one.direction().equals("inbound") && one.seq() == 0) fault("unordered", one.key().toString());
        });
        said.forEach((key, words) -> {
            boolean acked = words.contains(Word.ACKED) || key.startsWith("imap");
            if (acked && !times.containsKey(key)) fault("lost", key);
            if (words.contains(Word.REFUSED)) fault("refused", key);
        });
        sinks.mailbox(true).forEach(key -> {
            if (!times.containsKey(key.toString())) fault("lost", key + " seen");
        });
        times.forEach((key, count) -> {
            if (!said.containsKey(key)) fault("ghost", key);
            if (count > 1) fault("doubled", key + " x" + count);
        });
    }

    /// Within a lane the driver says one thing after the other: so must they stand.
    private void order(List<Key> keys) {
        var last = new HashMap<String, Integer>();
        for (var key : keys) {
            var before = last.put(key.lane(), key.number());
            if (before != null && before > key.number()) fault("out of order", key + " after " + before);
        }
    }

    private void sinks(List<Sent> sent) {
        var mails = new HashMap<Key, List<String>>();
        sinks.mails.forEach(mail -> mails.computeIfAbsent(mail.key(), _ -> new ArrayList<>()).add(mail.messageId()));
        var texts = new HashMap<Key, Integer>();
        sinks.texts().forEach(key -> texts.merge(key, 1, Integer::sum));
        order(firsts(sinks.mails.stream().map(Sinks.Mail::key).toList()));
        order(firsts(sinks.texts()));
        var effects = new HashMap<Key, Sent>();
        for (var one : sent) {
            if (effects.put(one.key(), one) != null) fault("doubled", one.key() + " in the outbox");
            boolean there = switch (one.channel()) {
                case "email" -> mails.containsKey(one.key());
                case "sms" -> texts.containsKey(one.key());
                default -> true;
            };
            if (one.state().equals("sent") && !there) fault("not at sink", one.key().toString());
        }
        texts.forEach((key, count) -> {
            if (!effects.containsKey(key)) fault("ghost", key + " at the carrier");
            if (count > 1) fault("second text", key + " x" + count);
        });
        mails.forEach((key, ids) -> {
            if (!effects.containsKey(key)) fault("ghost", key + " at the mail server");
            else if (ids.size() > 1) secondMail(effects.get(key), ids);
        });
    }

    private static List<Key> firsts(List<Key> keys) {
        return new ArrayList<>(new java.util.LinkedHashSet<>(keys));
    }

    /// Allowed for each attempt that was open when the program was killed, under the same Message-ID.
    private void secondMail(Sent effect, List<String> ids) {
        long open = effect.open().size();
        boolean allowed = new HashSet<>(ids).size() == 1 && ids.size() - 1 <= open;
        if (!allowed) fault("second mail", effect.key() + " " + ids + " with open attempts " + open);
        facts.merge("second mails, allowed", allowed ? ids.size() - 1L : 0L, Long::sum);
    }
}
