package switchboard.ticketing.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;

class SequencerTest {
    private final Vertx vertx = Vertx.vertx();
    private String uri;
    private Database database;
    private Journal journal;

    @BeforeEach
    void open() {
        uri = TestDatabase.freshDatabase();
        database = new Database(vertx, TestDatabase.working(uri), 8);
        journal = new Journal(database);
    }

    @AfterEach
    void close() {
        database.close();
        vertx.close();
    }

    private static Entry entry(String kind) {
        return Entry.of(kind, Actor.SYSTEM, Instant.now());
    }

    private List<String> kinds() {
        return virtually(() -> journal.after(0, 100_000).stream().map(Sequenced::kind).toList());
    }

    /// A writer that has appended and waits with its commit until told.
    private Thread writer(String kind, CountDownLatch appended, CountDownLatch commit) {
        return Thread.ofVirtual().start(() -> database.run(tx -> {
            journal.append(tx, entry(kind));
            appended.countDown();
            await(commit);
        }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Test
    void anEntryThatCommitsLateComesLateAndIsNotMissed() throws Exception {
        var appended = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var late = writer("late", appended, commit);
        appended.await();
        var sequencer = new Sequencer(journal);
        virtually(() -> {
            database.run(tx -> journal.append(tx, entry("early")));
            return sequencer.step();
        });
        assertEquals(List.of("early"), kinds(), "a writer that is still open holds nobody up");
        commit.countDown();
        late.join();
        virtually(sequencer::step);
        assertEquals(List.of("early", "late"), kinds());
    }

    @Test
    void everyFollowerReadsTheSameWhereverItStands() throws Exception {
        var sequencer = new Sequencer(journal);
        for (int i = 0; i < 40; i++) {
            int number = i;
            virtually(() -> {
                database.run(tx -> journal.append(tx, entry("e" + number)));
                return sequencer.step();
            });
            // One far ahead, one far behind, one close: what is kept for one must not hide anything from another.
            for (long from : new long[] {number, 0, number / 2, Math.max(0, number - 1)}) {
                assertEquals(java.util.stream.LongStream.rangeClosed(from + 1, number + 1).boxed().toList(),
                        virtually(() -> journal.after(from, 1000).stream().map(Sequenced::seq).toList()));
            }
            assertEquals(List.of(), virtually(() -> journal.after(number + 1, 10)));
            assertEquals(1, virtually(() -> journal.after(0, 1)).size());
        }
    }

    @Test
    void numbersInTheOppositeOrderOfTheTransactionsLoseNothing() throws Exception {
        var appended = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        var commit = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        var writers = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            writers.add(writer("w" + i, appended.get(i), commit.get(i)));
            appended.get(i).await();
        }
        var sequencer = new Sequencer(journal);
        var seen = new ArrayList<String>();
        var at = new long[1];
        for (int i = 2; i >= 0; i--) {
            commit.get(i).countDown();
            writers.get(i).join();
            virtually(sequencer::step);
            virtually(() -> journal.after(at[0], 10)).forEach(one -> {
                seen.add(one.kind());
                at[0] = one.seq();
            });
        }
        assertEquals(List.of("w2", "w1", "w0"), seen, "a tailer that asks for seq > last sees each once");
    }

    @Test
    void theHolderThatWasStoppedForAWhileCannotNumberAnythingWhenItComesBack() {
        var first = new Sequencer(journal);
        virtually(() -> {
            database.run(tx -> journal.append(tx, entry("a")));
            return first.step();
        });
        // Stopped for 45 s: its lease has run out and another process has taken over meanwhile.
        virtually(() -> database.sql().execute("update lease set until = now() - interval '30 seconds' "
                + "where name = 'sequencer'"));
        var second = new Sequencer(new Journal(database));
        virtually(() -> {
            database.run(tx -> journal.append(tx, entry("b")));
            second.step();
            database.run(tx -> journal.append(tx, entry("c")));
            return null;
        });
        assertThrows(Lease.LostLease.class, () -> virtually(() -> database.transaction(first::sequence)));
        virtually(second::step);
        assertEquals(List.of("a", "b", "c"), kinds());
    }

    @Test
    void theOrderStaysDenseOverManyWritersWhoCommitAndRollBack() {
        try (var sequencer = new Sequencer(journal).start()) {
            var writers = LongStream.range(0, 300).mapToObj(i -> Thread.ofVirtual().start(() -> {
                try {
                    database.run(tx -> {
                        journal.append(tx, List.of(entry("x" + i), entry("y" + i)));
                        if (i % 3 == 0) throw new IllegalStateException("rolled back");
                    });
                    journal.committed();
                } catch (IllegalStateException rolledBack) {
                    assertEquals("rolled back", rolledBack.getMessage());
                }
            })).toList();
            writers.forEach(SequencerTest::join);
            until(() -> virtually(journal::last) == 400);
            var seqs = virtually(() -> journal.after(0, 1000).stream().map(Sequenced::seq).toList());
            assertEquals(LongStream.rangeClosed(1, 400).boxed().toList(), seqs);
            virtually(() -> {
                sequencer.close();
                return null;
            });
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Test
    void aRestoreIntoANewClusterGoesOnWhereItStopped() {
        var sequencer = new Sequencer(journal);
        virtually(() -> {
            database.run(tx -> journal.append(tx, List.of(entry("a"), entry("b"))));
            sequencer.step();
            database.run(tx -> journal.append(tx, entry("c")));
            return null;
        });
        // A new cluster has other transaction ids; the rows alone must be enough. One sequenced entry and one pending
        // are carried over.
        var restored = new Database(vertx, TestDatabase.freshDatabase(), 4);
        virtually(() -> {
            for (var table : List.of("journal_order", "journal_pending")) {
                var rows = database.sql().value(String.class, "select json_agg(t)::text from " + table + " t")
                        .orElse("[]");
                restored.sql().execute("insert into " + table + " select * from json_populate_recordset(null::" + table
                        + ", $1::text::json)", rows);
            }
            var rows = database.sql().value(String.class, "select json_agg(t)::text from journal t").orElse("[]");
            restored.sql().execute("insert into journal overriding system value select * from "
                    + "json_populate_recordset(null::journal, $1::text::json)", rows);
            return null;
        });
        var after = new Journal(restored);
        virtually(() -> new Sequencer(after).step());
        assertEquals(List.of(1L, 2L, 3L), virtually(() -> after.after(0, 10).stream().map(Sequenced::seq).toList()));
        restored.close();
    }

    @Test
    void aSharedTailerHandlesEachEntryOnceThoughTwoProcessesFollow() {
        var seen = Collections.synchronizedList(new ArrayList<Long>());
        try (var sequencer = new Sequencer(journal).start();
                var one = Tailer.shared(journal, "t", _ -> true, (_, batch) ->
                        batch.forEach(entry -> seen.add(entry.seq())));
                var two = Tailer.shared(new Journal(database), "t", _ -> true, (_, batch) ->
                        batch.forEach(entry -> seen.add(entry.seq())))) {
            virtually(() -> {
                for (int i = 0; i < 200; i++) database.run(tx -> journal.append(tx, entry("k").facts(Map.of())));
                journal.committed();
                return null;
            });
            until(() -> seen.size() >= 200);
            assertEquals(LongStream.rangeClosed(1, 200).boxed().toList(), seen.stream().sorted().toList());
            virtually(() -> {
                one.close();
                two.close();
                sequencer.close();
                return null;
            });
        }
        assertTrue(seen.size() == 200);
    }

    @Test
    void aSharedTailerIsAskedOnlyOfWhatConcernsItAndAnotherGoesOnBehindAllThatItPassed() {
        var seen = Collections.synchronizedList(new ArrayList<Long>());
        try (var sequencer = new Sequencer(journal).start()) {
            for (int process = 0; process < 2; process++) {
                try (var tailer = Tailer.shared(new Journal(database), "some", entry -> entry.kind().equals("wanted"),
                        (_, batch) -> batch.forEach(entry -> seen.add(entry.seq())))) {
                    virtually(() -> {
                        for (var kind : List.of("other", "wanted", "other")) {
                            database.run(tx -> journal.append(tx, entry(kind).facts(Map.of())));
                        }
                        journal.committed();
                        return null;
                    });
                    long passed = 3 * (process + 1);
                    until(() -> cursor("some") == passed);
                    virtually(() -> {
                        tailer.close();
                        return null;
                    });
                }
            }
            virtually(() -> {
                sequencer.close();
                return null;
            });
        }
        assertEquals(List.of(2L, 5L), seen);
    }

    @Test
    void aSharedTailerDoesNotHandleAgainWhatWasCommittedWithoutItsKnowledge() {
        var seen = Collections.synchronizedList(new ArrayList<Long>());
        try (var sequencer = new Sequencer(journal).start();
                var tailer = Tailer.shared(journal, "once", _ -> true, (_, batch) ->
                        batch.forEach(entry -> seen.add(entry.seq())))) {
            append("first");
            until(() -> cursor("once") == 1);
            // As when the connection is lost after the server's commit and before its answer.
            virtually(() -> database.sql().execute("update tailer set seq = 2 where name = 'once'"));
            append("handled already");
            append("third");
            until(() -> seen.contains(3L));
            virtually(() -> {
                tailer.close();
                sequencer.close();
                return null;
            });
        }
        assertEquals(List.of(1L, 3L), seen);
    }

    @Test
    void aSharedTailerThatFailsHandlesTheSameOnceMore() {
        var seen = Collections.synchronizedList(new ArrayList<Long>());
        var failures = new AtomicInteger();
        try (var sequencer = new Sequencer(journal).start();
                var tailer = Tailer.shared(journal, "again", _ -> true, (_, batch) -> {
                    if (failures.getAndIncrement() == 0) throw new IllegalStateException("the first time");
                    batch.forEach(entry -> seen.add(entry.seq()));
                })) {
            append("only");
            until(() -> seen.size() == 1);
            virtually(() -> {
                tailer.close();
                sequencer.close();
                return null;
            });
        }
        assertEquals(List.of(1L), seen);
        assertEquals(2, failures.get());
    }

    private long cursor(String name) {
        return virtually(() -> database.sql().value(Long.class, "select seq from tailer where name = $1", name))
                .orElse(0L);
    }

    private void append(String kind) {
        virtually(() -> {
            database.run(tx -> journal.append(tx, entry(kind)));
            journal.committed();
            return null;
        });
    }

    @Test
    void whatAProcessWroteItselfIsFollowedAsItStandsInTheDatabase() {
        virtually(() -> {
            var sequencer = new Sequencer(journal);
            database.run(tx -> journal.append(tx, entry("first")));
            sequencer.step();
            journal.after(0, 10); // somebody follows closely
            var ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
            database.run(tx -> journal.append(tx, List.of(
                    Entry.of("a", Actor.agent(ids.get(0)), Instant.parse("2026-01-02T03:04:05.678901234Z"))
                            .ticket(ids.get(1)).customer(ids.get(2)).message(ids.get(0)).because(1L),
                    Entry.of("b", Actor.SYSTEM, Instant.now()).facts(Map.of("id", ids.get(1), "count", 7, "share", 0.5,
                            "words", List.of("x", "\0y"), "yes", true, "big", 5_000_000_000L)))));
            try {
                database.run(tx -> {
                    journal.append(tx, entry("taken back"));
                    throw new IllegalStateException("no");
                });
            } catch (IllegalStateException meant) {
                // What rolled back has no place.
            }
            sequencer.step();
            var read = new Journal(database).after(1, 10);
            assertEquals(List.of("a", "b"), read.stream().map(Sequenced::kind).toList());
            TestDatabase.execute(uri, "delete from journal_order"); // whoever still finds them does not read
            var written = journal.after(1, 10);
            assertEquals(read.stream().map(SequencerTest::spelled).toList(),
                    written.stream().map(SequencerTest::spelled).toList());
            return null;
        });
    }

    /// Numbers of JSON have one spelling and several types.
    private static String spelled(Sequenced entry) {
        return new Sequenced(entry.seq(), entry.at(), entry.kind(), entry.actorType(), entry.actorId(),
                entry.customerId(), entry.ticketId(), entry.messageId(), entry.cause(), null) + Json.write(
                        new TreeMap<>(Json.read(entry.facts().toString(), Map.class)));
    }
}
