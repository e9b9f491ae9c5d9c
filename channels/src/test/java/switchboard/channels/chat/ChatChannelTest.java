package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Entry;

class ChatChannelTest {
    private static ChatHouse house;

    @BeforeAll
    static void open() {
        house = new ChatHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static List<String> texts(JsonNode welcome) {
        var texts = new ArrayList<String>();
        welcome.path("history").forEach(line -> texts.add(line.path("text").asText()));
        return texts;
    }

    private static String status(UUID message) {
        return house.database.sql().value(String.class, "select status from message where id = $1", message).orElse("");
    }

    @Test
    void whatIsAcknowledgedIsStoredAndStandsInTheHistoryOfTheNextWindow() {
        try (var first = house.window()) {
            first.hello();
            first.write("one");
            first.write("two");
            try (var second = house.window()) {
                var welcome = second.hello(Map.of("token", first.token));
                assertEquals(List.of("one", "two"), texts(welcome));
                assertFalse(welcome.has("token"), "a window that has a token is given no other");
            }
            house.ticketOf(first.visitor);
            ChatHouse.await("both messages", () -> house.count("""
                    select count(*) from message m join thread_key k on k.message_id = m.id
                    where k.kind = 'chat' and k.key = $1""", first.visitor.toString()) == 2);
        }
    }

    @Test
    @Tag("D16")
    void markupInWordsAndNamesIsText() {
        var words = "<script>alert(1)</script><img src=x onerror=alert(2)> &amp; {{7*7}}";
        var name = "<b onclick=alert(3)>Eve</b>";
        try (var window = house.window(); var next = house.window()) {
            window.hello();
            window.say("contact", Map.of("email", "eve16@example.com", "name", name));
            window.next("contact-kept");
            window.write(words);
            assertEquals(List.of(words), texts(next.hello(Map.of("token", window.token))));
            var ticket = house.ticketOf(window.visitor);
            assertEquals(1, house.count("""
                    select count(*) from message where ticket_id = $1 and text = $2 and author_name = $3
                      and html is null""", ticket, words, name));
        }
    }

    @Test
    void aMessageSentAgainIsOneMessageAndGetsTheSameAcknowledgement() {
        try (var window = house.window()) {
            window.hello();
            var id = UUID.randomUUID();
            var one = window.write(id, "once");
            var two = window.write(id, "once");
            assertEquals(one.path("message"), two.path("message"));
            house.ticketOf(window.visitor);
            assertEquals(1, house.count("select count(*) from message where id = $1",
                    UUID.fromString(one.path("message").asText())));
            try (var after = house.window()) {
                assertEquals(List.of("once"), texts(after.hello(Map.of("token", window.token))));
            }
        }
    }

    @Test
    void anAgentsReplyComesLiveToEveryWindowOfItsVisitorAndToNobodyElse() {
        try (var one = house.window(); var two = house.window(); var stranger = house.window()) {
            one.hello();
            two.hello(Map.of("token", one.token));
            stranger.hello();
            stranger.write("I am somebody else");
            one.write("hello?");
            assertEquals("hello?", two.next("message").path("text").asText());
            var reply = house.reply(house.ticketOf(one.visitor), "Mei", "Here I am");
            for (var window : List.of(one, two)) {
                var message = window.next("message");
                assertEquals("Here I am", message.path("text").asText());
                assertEquals("Mei", message.path("author").asText());
                assertEquals("outbound", message.path("direction").asText());
            }
            one.say("received", Map.of("ids", List.of(reply)));
            ChatHouse.await("delivered", () -> status(reply).equals("delivered"));
            one.say("read", Map.of("id", reply));
            ChatHouse.await("read", () -> status(reply).equals("read"));
            try (var again = house.window()) {
                assertEquals(List.of("I am somebody else"), texts(again.hello(Map.of("token", stranger.token))));
            }
        }
    }

    @Test
    void aStrangerCannotMarkAnothersMessages() {
        try (var owner = house.window(); var stranger = house.window()) {
            owner.hello();
            owner.write("mine");
            stranger.hello();
            var reply = house.reply(house.ticketOf(owner.visitor), "Mei", "yours");
            owner.next("message");
            stranger.say("read", Map.of("id", reply));
            stranger.say("received", Map.of("ids", List.of(reply)));
            stranger.say("ping", Map.of());
            stranger.next("pong");
            assertEquals(0, house.count("select count(*) from inbox where lane = $1", "chat:" + stranger.visitor));
        }
    }

    @Test
    void aReplyToAVisitorWhoIsAwayWaitsInTheHistory() {
        UUID visitor;
        String token;
        try (var window = house.window()) {
            window.hello();
            window.write("are you there");
            visitor = window.visitor;
            token = window.token;
        }
        var reply = house.reply(house.ticketOf(visitor), "Mei", "now I am");
        ChatHouse.await("sent", () -> status(reply).equals("sent"));
        try (var later = house.window()) {
            assertEquals(List.of("are you there", "now I am"), texts(later.hello(Map.of("token", token))));
        }
    }

    @Test
    void aSolvedTicketEndsTheChatAndALateMessageBeginsAnother() {
        try (var window = house.window()) {
            window.hello();
            window.write("first matter");
            var ticket = house.ticketOf(window.visitor);
            house.database.run(tx -> {
                tx.execute("update ticket set status = 'solved', solved_at = now() where id = $1", ticket);
                house.journal.append(tx, Entry.of("ticket.changed",
                        Actor.SYSTEM, Instant.now()).ticket(ticket));
            });
            house.journal.committed();
            window.next("ended");
            window.write("thanks");
            ChatHouse.await("reopened", () -> house.count("""
                    select count(*) from ticket where id = $1 and status = 'open'""", ticket) == 1);
            assertEquals(1, house.tickets(window.visitor).size());
            house.database.sql().execute("""
                    update ticket set status = 'solved', solved_at = now() - interval '13 hours' where id = $1""",
                    ticket);
            window.write("second matter");
            window.write("and more of it");
            ChatHouse.await("another ticket", () -> house.tickets(window.visitor).size() == 2);
        }
    }

    @Test
    void malformedFramesCloseTheirOwnSocketAlone() {
        try (var well = house.window()) {
            well.hello();
            for (var bad : List.of("{", "[]", "null", "{\"type\":\"message\",\"id\":7}", "{\"type\":\"nothing\"}",
                    "{\"type\":\"message\",\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"x\",\"more\":1}")) {
                try (var window = house.window()) {
                    window.hello();
                    window.raw(bad);
                    assertEquals("malformed", window.next("error").path("code").asText(), bad);
                    window.awaitClosed(Door.MALFORMED);
                }
            }
            try (var rude = house.window()) {
                rude.say("message", Map.of("id", UUID.randomUUID(), "text", "no hello"));
                assertEquals("no-hello", rude.next("error").path("code").asText());
            }
            try (var big = house.window()) {
                big.hello();
                big.raw("x".repeat(Door.FRAME_CHARS_MAX + 1));
                assertEquals("too-big", big.next("error").path("code").asText());
            }
            well.write("still here");
        }
    }

    @Test
    void aTextHasAtMostFourThousandCharacters() {
        try (var window = house.window()) {
            window.hello();
            window.write("x".repeat(ChatSession.TEXT_CHARS_MAX));
            window.say("message", Map.of("id", UUID.randomUUID(), "text", "x".repeat(ChatSession.TEXT_CHARS_MAX + 1)));
            assertEquals("too-long", window.next("error").path("code").asText());
            window.say("message", Map.of("id", UUID.randomUUID(), "text", "  \n "));
            assertEquals("empty", window.next("error").path("code").asText());
        }
    }

    @Test
    void sixtyMessagesAMinuteAreTakenAndWhoeverGoesOnIsCutOff() {
        try (var window = house.window()) {
            window.hello();
            for (int i = 0; i < ChatSession.MESSAGES_PER_MINUTE_MAX; i++) window.write("m" + i);
            window.say("message", Map.of("id", UUID.randomUUID(), "text", "one too many"));
            assertEquals("too-many", window.next("error").path("code").asText());
            for (int i = 0; i < ChatSession.IGNORED_PER_MINUTE_MAX; i++) {
                try {
                    window.say("message", Map.of("id", UUID.randomUUID(), "text", "flood"));
                } catch (CompletionException closed) {
                    break;
                }
            }
            window.awaitClosed(Door.TOO_MANY);
        }
    }

    /// Each of them may cost a look into the tables, whether or not it says anything.
    @Test
    void framesOfEveryKindTogetherAreCounted() {
        try (var window = house.window(); var other = house.window()) {
            window.hello();
            for (int i = 0; i < ChatSession.FRAMES_PER_MINUTE_MAX; i++) {
                window.say("read", Map.of("id", UUID.randomUUID()));
                if (i % 50 == 0) window.say("ping", Map.of());
                if (i % 50 == 0) window.next("pong");
                if (i % 50 == 0) i++;
            }
            assertEquals(0, window.closed, "as many as are taken");
            window.say("ping", Map.of());
            assertEquals("too-many", window.next("error").path("code").asText());
            window.awaitClosed(Door.TOO_MANY);
            other.hello();
            other.write("others go on");
            try (var again = house.window()) {
                again.hello(Map.of("token", window.token));
                again.say("ping", Map.of());
                assertEquals("too-many", again.next("error").path("code").asText(), "another socket helps nothing");
            }
        }
    }

    @Test
    void framesThatPileUpAreBoundedInSizeToo() {
        // Two frames of the greatest size may wait while one is under way; what is more closes the socket.
        try (var window = house.window(); var other = house.window()) {
            window.hello();
            other.hello();
            house.database.run(tx -> {
                tx.execute("lock table chat_shown in access exclusive mode");
                window.say("read", Map.of("id", UUID.randomUUID()));
                house.awaitLock();
                var large = "{\"type\":\"ping\"}" + " ".repeat(Door.FRAME_CHARS_MAX - 15);
                window.raw(large);
                window.raw(large);
                window.say("ping", Map.of());
                window.awaitClosed(Door.TOO_MANY);
                other.say("ping", Map.of());
                other.next("pong");
            });
            try (var again = house.window()) {
                again.hello(Map.of("token", window.token));
                var large = "{\"type\":\"ping\"}" + " ".repeat(Door.FRAME_CHARS_MAX - 15);
                again.raw(large);
                again.next("pong");
            }
        }
    }

    @Test
    void pagesThatAreNotListedGetNoSocketAndNoSettings() {
        for (var listed : List.of("https://shop.example", "https://desk.example", "http://127.0.0.1:" + house.port)) {
            ChatWindow.open(house.port, listed).close();
            assertEquals(listed, house.get("/chat/config?key=test-key", listed).headers()
                    .firstValue("Access-Control-Allow-Origin").orElse(""));
        }
        for (var foreign : List.of("https://evil.example", "null", "https://shop.example.evil.example",
                "http://shop.example")) {
            assertThrows(CompletionException.class, () -> ChatWindow.open(house.port, foreign), foreign);
            var refused = house.get("/chat/config?key=test-key", foreign);
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().isEmpty());
        }
        assertEquals(404, house.get("/chat/config?key=other", null).statusCode());
        var config = Json.read(house.get("/chat/config?key=test-key", null).body(), JsonNode.class);
        assertEquals("#1c1e23", config.path("ink").asText(), "dark letters on a yellow brand colour");
        assertEquals("Hello", config.path("greeting").path("en").asText());
    }

    @Test
    void aWrongTokenOrKeyOpensNothing() {
        try (var window = house.window(); var other = house.window(); var keyless = house.window()) {
            window.hello();
            window.write("private");
            var welcome = other.hello(Map.of("token", window.token.substring(1) + "A"));
            assertNotEquals(window.visitor, other.visitor);
            assertEquals(List.of(), texts(welcome));
            keyless.say("hello", Map.of("key", "wrong"));
            assertEquals("unknown-widget", keyless.next("error").path("code").asText());
        }
    }

    @Test
    void typingGoesBothWays() {
        var heard = new CopyOnWriteArrayList<UUID>();
        var stopped = new CopyOnWriteArrayList<UUID>();
        house.chat.onVisitorTyping((ticket, on) -> {
            (on ? heard : stopped).add(ticket);
        });
        try (var window = house.window()) {
            window.hello();
            window.write("wait, I am typing");
            var ticket = house.ticketOf(window.visitor);
            window.say("typing", Map.of("on", true));
            ChatHouse.await("typing", () -> heard.contains(ticket));
            window.write("so");
            ChatHouse.await("no longer typing", () -> stopped.contains(ticket));
            house.chat.agentTyping(ticket, "Mei", true);
            assertEquals("Mei", window.next("typing").path("name").asText());
        }
    }

    @Test
    @Tag("D14")
    void aWindowSaysWhetherSomebodyIsThere() {
        try (var window = house.window()) {
            assertFalse(window.hello().path("open").asBoolean());
            var agent = house.agent("Mei");
            house.database.run(tx -> house.journal.append(tx, Entry.of("agent.changed",
                    Actor.agent(agent), Instant.now())));
            house.journal.committed();
            window.next("online");
            house.database.sql().execute("update agent set status = 'away' where id = $1", agent);
            try (var later = house.window()) {
                assertFalse(later.hello().path("open").asBoolean());
            }
        }
    }

    /// When the hours of a chat end nobody does anything: only the clock says so.
    @Test
    @Tag("D14")
    void whatTheClockAndTheAgentsDoWhileNoWindowIsOpenIsKnownToTheNext() {
        var agent = house.agent("Ida");
        var closed = new Hours("UTC", Map.of());
        try (var window = house.window()) {
            house.chat.lookAtTheClock();
            assertTrue(window.hello().path("open").asBoolean());
            hours(closed);
            house.chat.lookAtTheClock();
            window.next("offline");
        }
        // Nobody is there to be told.
        hours(null);
        house.database.run(tx -> house.journal.append(tx, Entry.of("agent.changed", Actor.agent(agent),
                Instant.now())));
        house.journal.committed();
        try (var window = house.window()) {
            window.hello();
            window.write("anybody?");
            var ticket = house.ticketOf(window.visitor);
            house.database.run(tx -> house.journal.append(tx, Entry.of("ticket.changed", Actor.SYSTEM, Instant.now())
                    .ticket(ticket)));
            house.journal.committed();
            assertTrue(window.next("presence").path("open").asBoolean());
        } finally {
            house.database.sql().execute("update agent set status = 'away' where id = $1", agent);
            house.chat.lookAtTheClock();
        }
    }

    private static void hours(Hours hours) {
        house.settings(now -> new WidgetSettings(now.id(), now.key(), now.name(), now.color(), now.greeting(),
                now.teamId(), now.allowedOrigins(), hours, now.identitySecret(), now.conversationsPerHourMax()));
    }

    private static long mails(String to, String state) {
        return house.count("select count(*) from outbox where channel = 'email' and state = $2 "
                + "and payload->'to' = to_jsonb(array[$1]::text[])", to, state);
    }

    @Test
    void whoLeftAnAddressIsAnsweredByMailUnlessAWindowShowsTheAnswer() {
        house.database.sql().execute("""
                insert into mailbox (id, address, name, active) values ($1, 'help@desk.example', 'Help', true)
                on conflict do nothing""", UUID.randomUUID());
        try (var window = house.window()) {
            window.hello();
            window.write("call me back");
            window.say("contact", Map.of("email", "owl@night.example", "name", "Owl"));
            window.next("contact-kept");
            var ticket = house.ticketOf(window.visitor);
            var shown = house.reply(ticket, "Mei", "Are you there?");
            window.next("message");
            assertEquals(1, mails("owl@night.example", "pending"));
            window.say("received", Map.of("ids", List.of(shown)));
            ChatHouse.await("no mail", () -> mails("owl@night.example", "cancelled") == 1);
            house.reply(ticket, "Mei", "First answer");
            var last = house.reply(ticket, "Mei", "Second answer");
            ChatHouse.await("both", () -> status(last).equals("sent"));
            assertEquals(1, mails("owl@night.example", "pending"), "one mail for both");
            assertEquals("First answer\n\nSecond answer", house.database.sql().value(String.class, """
                    select payload->>'text' from outbox where channel = 'email' and state = 'pending'
                      and payload->'to' ? 'owl@night.example'""").orElseThrow());
        }
    }

    @Test
    @Tag("D10")
    void aChatOffersNoFiles() {
        assertFalse(house.chat.card().files());
    }

    @Test
    @Tag("S14")
    void whatIsSaidOfAWrongFrameNamesNothingOfOurs() {
        for (var frame : List.of("no json", "[]", "7", "{\"type\": \"nothing\"}",
                "{\"type\": \"hello\", \"after\": \"x\"}",
                "{\"type\": \"message\", \"id\": 7, \"text\": {}}", "{\"type\": \"read\", \"id\": [1]}",
                "{\"type\": \"typing\", \"on\": \"maybe\", \"more\": 1}")) {
            try (var window = house.window()) {
                window.hello();
                window.raw(frame);
                var detail = window.next("error").path("detail").asText();
                assertFalse(detail.matches("(?i).*(java|switchboard|jackson|deserial|class|`).*"), detail);
                window.awaitClosed(4400);
            }
        }
    }
}
