package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.TicketQuery;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
    private Desk desk;
    private long number;
    private UUID spread;
    private UUID ada;

    @BeforeAll
    void open() {
        desk = new Desk();
        ada = desk.agent("Ada", "available");
        var long80 = "word ".repeat(16);
        var ticket = desk.receive(mail("mia@x.test", long80 + "A Wobbly lamp " + long80, "It moves", "1@x.test"))
                .getFirst().ticketId();
        desk.receive(mail("mia@x.test", "Re", "And one thing more, which is the last", "2@x.test", "1@x.test"));
        number = desk.ticket(ticket).number();
        var late = desk.receive(mail("zoe@x.test", "Bestellung", "Das Paket in Köln ist verloren", "3@x.test"))
                .getFirst();
        desk.receive(mail("zoe@x.test", "Re", "Bitte die Rückerstattung, René, auf Konto 退货 4711", "4@x.test",
                "3@x.test"));
        spread = late.ticketId();
        virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer(
                "José Müller", "Nägel GmbH", null, null, null, null, null, List.of(
                new Customers.NewIdentity("phone", "+86 138 0013 8000", true))), "agent"));
        virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer(
                "陳小龍", null, null, null, null, null, null, List.of()), "agent"));
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Search.Hits find(String q) {
        return virtually(() -> new Search(desk.database).find(Where.ALL, Where.ALL, ada, q, 10));
    }

    @Test
    void aTicketIsShownWithThePartOfItsSubjectThatWasFound() {
        for (var q : new String[] {"wobbly", "WOBBLY LAMP", "a wobbly"}) {
            var hits = find(q).tickets();
            assertEquals(1, hits.size(), q);
            assertTrue(hits.getFirst().highlight().toLowerCase(Locale.ROOT).contains(q.toLowerCase(Locale.ROOT)),
                    hits.getFirst().highlight());
        }
    }

    @Test
    void aTicketFoundByItsNumberIsShownWithIt() {
        assertTrue(find("#" + number).tickets().getFirst().highlight().startsWith("#" + number + " "));
    }

    @Test
    void aMessageIsShownWithThePartThatWasFound() {
        assertTrue(find("thing more").messages().getFirst().highlight().contains("thing more"));
    }

    @Test
    @Tag("D54")
    void wordsOfAConversationFindItWhereverTheyStand() {
        for (var q : List.of("Köln Paket", "paket koln", "rückerstattung köln", "RUCKERSTATTUNG köln paket", "rene",
                "René Konto", "退貨", "退货 konto", "Ko\u0308ln", "\"in Köln\"", "Ｋöln")) {
            var hits = find(q);
            assertTrue(hits.messages().stream().anyMatch(hit -> hit.ticketId().equals(spread)), q);
            var listed = virtually(() -> desk.tickets.list(Where.ALL, UUID.randomUUID(), new TicketQuery(null, null,
                    null, null, null, null, null, q, null, null, 10)));
            assertEquals(List.of(spread), listed.items().stream().map(Ticket::id).toList(), q);
        }
        for (var q : List.of("Köln wobbly", "\"Köln in\"", "paket xyzzy")) {
            assertTrue(find(q).messages().isEmpty(), q);
        }
        assertTrue(find("konto paket").messages().getFirst().highlight().matches("(?s).*(Konto|Paket).*"));
    }

    @Test
    @Tag("D43")
    void aCustomerIsFoundByNumberAndNameInAnySpelling() {
        for (var q : List.of("+86 138 0013 8000", "138 0013 8000", "13800138000", "0086 138-0013-8000",
                "(+86) 13800138000", "0138 0013 8000", "0013 8000", "jose muller", "Müller José", "JOSE",
                "Mu\u0308ller", "muller nagel")) {
            assertEquals(List.of("José Müller"), names(q), q);
        }
        for (var q : List.of("陈小龙", "陳小龍", "小龙 陈")) {
            assertEquals(List.of("陳小龍"), names(q), q);
        }
        assertTrue(find("139 0013 8000").customers().isEmpty());
        assertEquals("+8613800138000", find("0013 8000").customers().getFirst().highlight());
    }

    private List<String> names(String q) {
        return find(q).customers().stream().map(Search.CustomerHit::name).toList();
    }

    @Test
    @Tag("D56")
    void noQueryBreaksTheSearch() {
        for (var q : List.of("%", "_", "\\", "\"", "\"\"", "(((", "a{2,1}", "[", "[[:alpha:]]", "*", "$1", "?", "+",
                "..", "😀", "\u0000", "a\u0000b", "' or 1=1 --", "\\d", "^a$", "a|b", "<b>\"é\"", "½ ² ª",
                "Robert'); drop", "→ ★ « »", "a_b~c`d@e#f", "\u00a0x", "٣٤ ๓")) {
            find(q);
        }
    }

    private List<UUID> both(String q) {
        var shown = find(q).tickets().stream().map(Search.TicketHit::id).toList();
        var listed = virtually(() -> desk.tickets.list(Where.ALL, ada, new TicketQuery(null, null, null, null, null,
                null, null, q, null, null, 10))).items().stream().map(Ticket::id).toList();
        assertEquals(listed, shown, q);
        return shown;
    }

    @Test
    @Tag("U14")
    void operatorsFindTicketsInTheSearchAndInTheList() {
        var paid = desk.receive(mail("lena@x.test", "Helmet paid twice", "Bitte erstatten", "5@x.test")).getFirst()
                .ticketId();
        var solved = desk.receive(mail("lena@x.test", "Helmet strap", "Danke", "6@x.test")).getFirst().ticketId();
        var sql = desk.database.sql();
        virtually(() -> sql.execute("""
                with made as (insert into team (id, name) values (gen_random_uuid(), 'Räder und Helme') returning id)
                update ticket set team_id = made.id, assignee_id = $2, tags = '{Vip,"late parcel"}' from made
                where ticket.id = $1""", paid, ada));
        virtually(() -> sql.execute("update ticket set status = 'solved' where id = $1", solved));
        for (var q : List.of("helmet status:open", "helmet -status:solved", "tag:vip", "tag:\"late parcel\" helmet",
                "assignee:me", "负责人:我", "assignee:ada", "team:helme", "团队:\"rader und\"", "helmet channel:email "
                + "-assignee:none", "from:lena status:open,pending",
                "helmet status:open status:pending", "tag:vip tag:\"late parcel\"",
                "from:LENA@X.TEST 状态：未结", "\"paid twice\"")) {
            assertEquals(List.of(paid), both(q), q);
        }
        assertEquals(List.of(solved), both("helmet -team:helme"));
        assertEquals(List.of(solved), both("from:lena -tag:vip"));
        for (var q : List.of("helmet channel:sms", "from:lena tag:vi", "tag:vip tag:x", "\"twice paid\"",
                "from:nobody")) {
            assertEquals(List.of(), both(q), q);
        }
        var hits = find("from:lena erstatten");
        assertEquals(List.of(paid), hits.messages().stream().map(Search.MessageHit::ticketId).toList());
        assertTrue(hits.customers().isEmpty() && hits.ticketsOnly());
    }

    @Test
    @Tag("U14")
    void anOperatorWithAWrongValueIsToldInWordsAndFindsNothing() {
        for (var q : List.of("status:foo", "wobbly channel:fax", "team:nowhere", "assignee:\"no such\"", "tag:")) {
            var hits = find(q);
            assertEquals(1, hits.refused().size(), q);
            assertTrue(hits.tickets().isEmpty() && hits.messages().isEmpty() && hits.customers().isEmpty(), q);
            var refused = assertThrows(Failure.Invalid.class, () -> both(q).getFirst(), q);
            assertEquals("search-operator", refused.code());
        }
    }

    @Test
    @Tag("U14")
    void aNumberIsFoundInAnySpellingInWhatIsWrittenAndWhoHasIt() {
        var said = desk.receive(mail("noa@x.test", "Call me", "My number: 020 7946 0991, thanks", "7@x.test"))
                .getFirst().ticketId();
        for (var q : List.of("+44 20 7946 0991", "+442079460991", "02079460991", "(020) 7946-0991", "0044 20 79460991",
                "+44 (0)20 7946 0991", "number +44 20 7946 0991 thanks", "２０７９４６０９９１")) {
            assertEquals(List.of(said), find(q).messages().stream().map(Search.MessageHit::ticketId).toList(), q);
        }
        var owner = desk.ticket(said).customer().id();
        virtually(() -> desk.database.sql().execute("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values (gen_random_uuid(), $1, 'phone', '+15550120125', '+1 555 012 0125', true, 'agent')""", owner));
        for (var q : List.of("+1555 012 0125", "from:+1 555 012 0125", "from:5550120125", "noa@x.test")) {
            assertEquals(List.of(said), virtually(() -> desk.tickets.list(Where.ALL, ada, new TicketQuery(null, null,
                    null, null, null, null, null, q, null, null, 10))).items().stream().map(Ticket::id).toList(), q);
        }
    }

    @Test
    @Tag("U14")
    void chineseAndEnglishWordsAreFoundTogetherWithAndWithoutABlank() {
        var mixed = desk.receive(mail("liu@x.test", "我的Helmet坏了", "想要 refund 退款，订单AB12", "8@x.test")).getFirst()
                .ticketId();
        for (var q : List.of("helmet 退款", "退款 refund", "refund退款", "我的 Helmet", "AB12", "订单 AB12", "退款 helmet 坏了",
                "\"refund 退款\"")) {
            assertTrue(find(q).messages().stream().anyMatch(hit -> hit.ticketId().equals(mixed))
                    || find(q).tickets().stream().anyMatch(hit -> hit.id().equals(mixed)), q);
        }
    }
}
