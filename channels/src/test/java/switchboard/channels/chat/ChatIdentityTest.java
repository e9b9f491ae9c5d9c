package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;

class ChatIdentityTest {
    private static ChatHouse house;

    @BeforeAll
    static void open() {
        house = new ChatHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String jwt(Map<String, Object> header, Map<String, Object> claims, String algorithm, String secret)
            throws Exception {
        var text = base64(Json.write(header).getBytes(StandardCharsets.UTF_8)) + "."
                + base64(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
        return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<String, Object> claims(String subject, Map<String, Object> more) {
        var claims = new LinkedHashMap<String, Object>(Map.of("aud", "test-key", "sub", subject,
                "exp", Instant.now().getEpochSecond() + 300));
        claims.putAll(more);
        return claims;
    }

    private static String good(String subject, String email) throws Exception {
        return jwt(Map.of("alg", "HS256", "typ", "JWT"), claims(subject, Map.of("email", email, "name", "Ann")),
                "HmacSHA256", ChatHouse.SECRET);
    }

    private static UUID customer(String email) {
        var id = Ids.next();
        house.database.sql().execute("insert into customer (id, name) values ($1, 'Known person')", id);
        house.database.sql().execute("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values ($1, $2, 'email', $3, $3, true, 'agent')""",
                Ids.next(), id, email);
        return id;
    }

    private static UUID customerOf(JsonNode ack) {
        var message = UUID.fromString(ack.path("message").asText());
        ChatHouse.await("the message", () -> house.count("select count(*) from message where id = $1", message) == 1);
        return house.database.sql().value(UUID.class, """
                select coalesce(c.merged_into, c.id) from message m join customer c on c.id = m.customer_id
                where m.id = $1""", message).orElseThrow();
    }

    @Test
    void aSignedVisitorIsTheSamePersonInEveryBrowserAndJoinsTheirTimeline() throws Exception {
        var person = customer("ann@example.com");
        try (var home = house.window(); var office = house.window()) {
            home.hello(Map.of("jwt", good("user-1", "ann@example.com")));
            assertEquals(person, customerOf(home.write("from home")));
            var welcome = office.hello(Map.of("jwt", good("user-1", "ann@example.com")));
            assertEquals(home.visitor, office.visitor);
            assertEquals("from home", welcome.path("history").path(0).path("text").asText());
            try (var again = house.window()) {
                again.hello(Map.of("token", home.token));
                assertEquals(home.visitor, again.visitor, "the ticket of a signed window reconnects it");
            }
        }
    }

    @Test
    void whatWasWrittenBeforeSigningInBecomesTheSignedPersonsAndTheOldTokenIsWorthNothing() throws Exception {
        var person = customer("bea@example.com");
        try (var before = house.window(); var after = house.window(); var thief = house.window()) {
            before.hello();
            var ack = before.write("not signed in yet");
            assertNotEquals(person, customerOf(ack));
            var welcome = after.hello(Map.of("token", before.token, "jwt", good("user-2", "bea@example.com")));
            assertEquals("not signed in yet", welcome.path("history").path(0).path("text").asText());
            ChatHouse.await("merged", () -> customerOf(ack).equals(person));
            assertEquals(person, customerOf(after.write("and now I am")));
            assertEquals(1, house.count("""
                    select count(distinct ticket_id) from message
                    where customer_id = $1 or text = 'not signed in yet'""", person));
            assertEquals(0, thief.hello(Map.of("token", before.token)).path("history").size());
        }
    }

    private static JsonNode message(JsonNode ack) {
        customerOf(ack);
        return Json.read(house.database.sql().value(String.class, """
                select jsonb_build_object('name', author_name, 'visit', visit)::text from message where id = $1""",
                UUID.fromString(ack.path("message").asText())).orElseThrow(), JsonNode.class);
    }

    private static String nameOf(UUID customer) {
        return house.database.sql().value(String.class, "select name from customer where id = $1", customer)
                .orElseThrow();
    }

    @Test
    @Tag("U19")
    void whoIsKnownToTheShopChatsUnderTheirOwnName() throws Exception {
        var person = customer("cleo19@example.com");
        try (var known = house.window(); var fresh = house.window(); var later = house.window()) {
            known.hello(Map.of("jwt", good("user-19", "cleo19@example.com")));
            var said = known.write("as myself");
            assertEquals("Ann", message(said).path("name").asText());
            assertEquals(person, customerOf(said));
            fresh.hello(Map.of("jwt", good("user-20", "dora19@example.com")));
            assertEquals("Ann", nameOf(customerOf(fresh.write("nobody knew me"))));
            later.hello();
            var before = later.write("before signing in");
            assertTrue(message(before).path("name").asText().startsWith("Visitor "));
            try (var signed = house.window()) {
                signed.hello(Map.of("token", later.token, "jwt", good("user-19", "cleo19@example.com")));
                ChatHouse.await("the name", () -> message(before).path("name").asText().equals("Known person"));
            }
            try (var stranger = house.window()) {
                stranger.hello();
                var words = stranger.write("before I was new");
                assertTrue(message(words).path("name").asText().startsWith("Visitor "));
                try (var named = house.window()) {
                    named.hello(Map.of("token", stranger.token, "jwt", good("user-21", "ella19@example.com")));
                    ChatHouse.await("the name", () -> message(words).path("name").asText().equals("Ann"));
                }
            }
        }
    }

    private static JsonNode visit(ChatWindow window, Map<String, ?> from) {
        var id = UUID.randomUUID();
        window.say("message", Map.of("id", id, "text", "from a page", "from", from));
        return message(window.next("ack")).path("visit");
    }

    @Test
    @Tag("U19")
    void theAgentIsToldOnWhichPageAndWhereAVisitorWrites() {
        try (var window = house.window()) {
            window.hello();
            var visit = visit(window, Map.of("page", "https://shop.example/boots?token=secret#key=1",
                    "title", "Boots \u202e for\nwinter", "zone", "Europe/Zurich", "language", "de-CH"));
            assertEquals("https://shop.example/boots", visit.path("page").asText(), "without what may be secret");
            assertEquals("Boots for winter", visit.path("title").asText().replaceAll(" +", " "));
            assertEquals("Europe/Zurich", visit.path("zone").asText());
            assertEquals("CH", visit.path("country").asText());
            assertEquals("de-CH", visit.path("language").asText());
            assertTrue(message(window.write("from an older window")).path("visit").isNull());
        }
    }

    @Test
    @Tag("U19")
    void aPageThatIsNoneOfTheShopsLeadsNoAgentAstray() {
        try (var window = house.window()) {
            window.hello();
            for (var page : List.of("javascript:alert(1)", "https://evil.example/login", "data:text/html,x",
                    "ftp://x/y",
                    "https://shop.example@evil.example/", "//shop.example/", "https://shop.example:81/", "",
                    "http://shop.example/", "https://shop.example/" + "x".repeat(600), "https://shop.exa mple/")) {
                var visit = visit(window, Map.of("page", page, "title", "Pay here", "zone", "Mars/Olympus",
                        "language", "fr"));
                assertEquals("", visit.path("page").asText("?"), page);
                assertEquals("", visit.path("title").asText("?"), "no words without their page: " + page);
                assertEquals("", visit.path("zone").asText("?"), page);
                assertEquals("fr", visit.path("language").asText());
            }
            assertEquals("https://shop.example/a", visit(window, Map.of("page", "https://user:pass@SHOP.example/a"))
                    .path("page").asText());
            var long200 = visit(window, Map.of("page", "https://shop.example", "title", "😀".repeat(300)));
            assertEquals("https://shop.example/", long200.path("page").asText());
            assertTrue(long200.path("title").asText().length() <= 200);
            assertTrue(visit(window, Map.of("zone", "<b>", "language", "x".repeat(99))).isNull());
        }
    }

    @Test
    void aSignatureThatDoesNotHoldLeavesTheVisitorAnonymousAndShowsNothing() throws Exception {
        customer("victim@example.com");
        try (var victim = house.window()) {
            victim.hello(Map.of("jwt", good("victim", "victim@example.com")));
            victim.write("my secret");
            var hs256 = Map.<String, Object>of("alg", "HS256");
            var right = good("victim", "victim@example.com");
            var none = base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + right.split("\\.")[1]
                    + ".";
            var now = Instant.now().getEpochSecond();
            var forged = List.of(none, right.substring(0, right.length() - 4) + "AAAA", "a.b.c", "", right + ".x",
                    jwt(hs256, claims("victim", Map.of()), "HmacSHA256", "another-secret-of-at-least-32-characters"),
                    jwt(Map.of("alg", "HS512"), claims("victim", Map.of()), "HmacSHA512", ChatHouse.SECRET),
                    jwt(Map.of("alg", "RS256"), claims("victim", Map.of()), "HmacSHA256", ChatHouse.SECRET),
                    jwt(Map.of("alg", "HS256", "crit", List.of("exp")), claims("victim", Map.of()), "HmacSHA256",
                            ChatHouse.SECRET),
                    jwt(hs256, claims("victim", Map.of("aud", "other-widget")), "HmacSHA256", ChatHouse.SECRET),
                    jwt(hs256, claims("victim", Map.of("exp", now - 1)), "HmacSHA256", ChatHouse.SECRET),
                    jwt(hs256, claims("victim", Map.of("exp", now + 3600)), "HmacSHA256", ChatHouse.SECRET),
                    jwt(hs256, claims("victim", Map.of("exp", "soon")), "HmacSHA256", ChatHouse.SECRET),
                    jwt(hs256, claims(" ", Map.of()), "HmacSHA256", ChatHouse.SECRET));
            for (var jwt : forged) {
                try (var window = house.window()) {
                    var welcome = window.hello(Map.of("jwt", jwt, "token", victim.token));
                    assertEquals("refused", welcome.path("identity").asText(), jwt);
                    assertEquals(0, welcome.path("history").size(), jwt);
                    assertNotEquals(victim.visitor, window.visitor);
                }
            }
        }
    }

    @Test
    void aClaimedAddressAttachesNothingButIsSuggested() {
        var person = customer("cleo@example.com");
        try (var window = house.window()) {
            window.hello();
            window.say("contact", Map.of("email", "cleo@example.com", "name", "Cleo"));
            window.next("contact-kept");
            var who = customerOf(window.write("call me"));
            assertNotEquals(person, who);
            ChatHouse.await("the suggestion", () -> house.count("""
                    select count(*) from identity_suggestion s join identity i on i.id = s.identity_id
                    where s.customer_id = $1 and i.customer_id = $2 and not i.verified""", person, who) == 1);
            window.write("still me");
            assertEquals(1, house.count("select count(*) from identity where customer_id = $1 and kind = 'email'",
                    who));
        }
    }

    @Test
    void aMailedCodeProvesTheAddressAndJoinsTheEarlierChatToItsPerson() {
        var person = customer("dora@example.com");
        try (var window = house.window()) {
            window.hello();
            var before = window.write("who am I");
            assertNotEquals(person, customerOf(before));
            window.say("identify", Map.of("email", "dora@example.com"));
            window.next("code-sent");
            window.say("code", Map.of("code", house.mailedCode("dora@example.com")));
            assertEquals("dora@example.com", window.next("verified").path("email").asText());
            ChatHouse.await("merged", () -> customerOf(before).equals(person));
            assertEquals(person, customerOf(window.write("I am Dora")));
            try (var again = house.window()) {
                assertEquals("dora@example.com", again.hello(Map.of("token", window.token)).path("email").asText());
            }
        }
    }

    @Test
    void aProvenAddressThatNobodyHasBecomesTheVisitorsOwn() {
        try (var window = house.window()) {
            window.hello();
            var who = customerOf(window.write("hello"));
            window.say("identify", Map.of("email", "new@example.com"));
            window.next("code-sent");
            window.say("code", Map.of("code", house.mailedCode("new@example.com")));
            window.next("verified");
            ChatHouse.await("identity", () -> house.count("""
                    select count(*) from identity where customer_id = $1 and value = 'new@example.com' and verified""",
                    who) == 1);
            assertEquals(who, customerOf(window.write("again")));
        }
    }

    @Test
    void aHundredParallelTriesAreFiveTries() throws Exception {
        try (var window = house.window()) {
            window.hello();
            var visitor = new Visitors(house.database, house.signer).byId(window.visitor).orElseThrow();
            var codes = new Codes(house.database, house.outbox, house.signer);
            window.say("identify", Map.of("email", "eve@example.com"));
            window.next("code-sent");
            var right = house.mailedCode("eve@example.com");
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 100; i++) {
                var wrong = "%06d".formatted((Integer.parseInt(right) + 1 + i) % 1_000_000);
                threads.add(Thread.ofVirtual().start(() -> codes.redeem(visitor, wrong)));
            }
            for (var thread : threads) thread.join();
            assertEquals(Codes.TRIES_MAX, house.count("select tries::bigint from chat_code where visitor_id = $1",
                    window.visitor));
            assertTrue(codes.redeem(visitor, right).isEmpty(), "the right code comes too late");
            window.say("code", Map.of("code", right));
            assertEquals("wrong-code", window.next("error").path("code").asText());
        }
    }

    @Test
    void aCodeIsUsedOnceHoweverManyTryItAtOnce() throws Exception {
        try (var window = house.window()) {
            window.hello();
            window.say("identify", Map.of("email", "fay@example.com"));
            window.next("code-sent");
            var visitor = new Visitors(house.database, house.signer).byId(window.visitor).orElseThrow();
            var codes = new Codes(house.database, house.outbox, house.signer);
            var right = house.mailedCode("fay@example.com");
            var won = new java.util.concurrent.atomic.AtomicInteger();
            var threads = IntStream.range(0, 5).mapToObj(_ -> Thread.ofVirtual().start(() -> {
                if (codes.redeem(visitor, right).isPresent()) won.incrementAndGet();
            })).toList();
            for (var thread : threads) thread.join();
            assertEquals(1, won.get());
            window.say("identify", Map.of("email", "fay@example.com"));
            window.next("code-sent");
            house.database.sql().execute("""
                    update chat_code set expires_at = now() - interval '1 second' where visitor_id = $1""",
                    window.visitor);
            assertTrue(codes.redeem(visitor, house.mailedCode("fay@example.com")).isEmpty(), "too old");
            assertEquals(0, house.count("select count(*) from chat_code where code_digest ~ '^[0-9]{6}$'"));
        }
    }

    @Test
    void codesAreNotMailedWithoutEnd() {
        try (var window = house.window()) {
            window.hello();
            for (int i = 0; i < ChatSession.CODES_PER_HOUR_MAX; i++) {
                window.say("identify", Map.of("email", "gil@example.com"));
                window.next("code-sent");
            }
            window.say("identify", Map.of("email", "gil@example.com"));
            assertEquals("too-many", window.next("error").path("code").asText());
        }
    }

    @Test
    void anAddressOfTheNetworkBeginsSoManyConversationsAnHour() {
        try (var small = new ChatHouse()) {
            small.settings(widget -> new WidgetSettings(widget.id(), widget.key(), widget.name(), widget.color(),
                    widget.greeting(), null, List.of(), null, null, null));
            for (int i = 0; i < 5; i++) {
                try (var window = small.window()) {
                    window.hello();
                    window.write("conversation " + i);
                    window.write("its second message is no conversation");
                }
            }
            try (var window = small.window()) {
                window.hello();
                window.say("message", Map.of("id", UUID.randomUUID(), "text", "the sixth"));
                assertEquals("too-many", window.next("error").path("code").asText());
                window.awaitClosed(Door.TOO_MANY);
            }
        }
    }

    @Test
    @Tag("S16")
    void aSignatureThatNamesItselfHoldsOnce() throws Exception {
        var once = jwt(Map.of("alg", "HS256"), claims("user-9", Map.of("jti", "n-1")), "HmacSHA256", ChatHouse.SECRET);
        try (var first = house.window(); var second = house.window(); var other = house.window()) {
            assertTrue(first.hello(Map.of("jwt", once)).path("signed").asBoolean());
            assertEquals("refused", second.hello(Map.of("jwt", once)).path("identity").asText());
            assertNotEquals(first.visitor, second.visitor);
            var next = jwt(Map.of("alg", "HS256"), claims("user-9", Map.of("jti", "n-2")), "HmacSHA256",
                    ChatHouse.SECRET);
            other.hello(Map.of("jwt", next));
            assertEquals(first.visitor, other.visitor);
        }
    }

    @Test
    @Tag("S16")
    void theTicketOfASignedVisitorEndsWithTheSecretThatSignedThem() throws Exception {
        try (var signed = house.window(); var after = house.window()) {
            signed.hello(Map.of("jwt", good("user-10", "ten@example.com")));
            house.secret("another-host-page-secret-of-forty-chars!!");
            var welcome = after.hello(Map.of("token", signed.token));
            assertNotEquals(signed.visitor, after.visitor);
            assertEquals(false, welcome.path("signed").asBoolean());
        } finally {
            house.secret(ChatHouse.SECRET);
        }
    }
}
