package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.people.Customers;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MacrosTest {
    private Desk desk;
    private Macros macros;
    private UUID agent;

    @BeforeAll
    void open() {
        desk = new Desk();
        macros = new Macros(desk.database);
        agent = desk.agent("Ada Lind", "available");
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Macros.Applied apply(String customer, String subject, String text, String html) {
        var address = UUID.randomUUID() + "@x.test";
        virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer(customer, null, null, null, null,
                null, null, List.of(new Customers.NewIdentity("email", address, null))), "api"));
        var ticket = desk.receive(mail(address, subject, "t", null)).getFirst().ticketId();
        var macro = virtually(() -> macros.create(agent, new Macros.Macro(null, "M", text, html, null, true, null, 0)));
        return virtually(() -> macros.apply(Where.ALL, agent, macro.id(), ticket));
    }

    @Test
    void namedVariablesAreFilledIn() {
        var applied = apply("Mia Lund", "Lamp",
                "Hi {{customer.first}} ({{ customer.name }}), {{agent.name}}: {{ticket.subject}}", null);
        assertEquals("Hi Mia (Mia Lund), Ada Lind: Lamp", applied.text());
        assertEquals(List.of(), applied.undefined());
    }

    @Tag("U25")
    @Test
    void variablesAreFilledInAsPeopleSpellThem() {
        var applied = apply("Mia van der Berg", "Lamp", "{{customer.first_name}} {{ Customer.FirstName }} "
                + "{{customer.last_name}} {{agent.first_name}} {{customer_name}}", null);
        assertEquals("Mia Mia van der Berg Ada Mia van der Berg", applied.text());
        assertEquals(List.of(), applied.undefined());
    }

    @Tag("U25")
    @Test
    void whatNobodyKnowsOfACustomerIsNamedBeforeItIsSent() {
        var applied = apply("Mia", "Lamp", "{{customer.company}} {{customer.last_name}} {{customer.first_name}}", null);
        assertEquals("{{customer.company}} {{customer.last_name}} Mia", applied.text());
        assertEquals(List.of("customer.company", "customer.last_name"), applied.undefined());
    }

    @Tag("U17")
    @Test
    void aSignatureDoesNotSayAgainWhoHasSigned() {
        assertEquals("Customer care", SignOff.remaining("Hello,\n\nAda Lind", "Ada Lind\nCustomer care"));
        assertEquals("Puffin Bags", SignOff.remaining("Hello,\n\n— Ada Lind \n", "Best,\nAda Lind\nPuffin Bags"));
        assertEquals("", SignOff.remaining("Hello,\nAda Lind", "Ada Lind"));
        assertEquals("Ada Lind\nCare", SignOff.remaining("Ada Lind will call you.", "Ada Lind\nCare"));
        assertEquals("Ada Lind", SignOff.remaining("", "Ada Lind"));
        assertEquals("", SignOff.remaining("Hello", " "));
        assertEquals("小林\n客服", SignOff.remaining("您好！\n\n林", "小林\n客服"));
    }

    @Test
    void everythingElseStaysAsItIsWrittenAndWhatLooksLikeAVariableIsNamed() {
        var text = "{{constructor}} ${7*7} #{7*7} <%= 7*7 %> {{agent.email}} {{agent.password}} "
                + "{{{{customer.name}}}} $1 \\1";
        var applied = apply("Mia", "S", text, null);
        assertEquals(text.replace("{{customer.name}}", "Mia"), applied.text());
        assertEquals(List.of("agent.email", "agent.password"), applied.undefined());
    }

    @Test
    void whatACustomerWroteIsNeverFilledInAgain() {
        var applied = apply("{{agent.name}}", "{{ticket.number}} $0 {{customer.name}}",
                "{{customer.name}} / {{ticket.subject}}", null);
        assertEquals("{{agent.name}} / {{ticket.number}} $0 {{customer.name}}", applied.text());
    }

    @Test
    void inHtmlWhatACustomerWroteIsTextAndNoMarkup() {
        var applied = apply("<img src=x onerror=alert(1)> & \"Co\"", "S", "{{customer.name}}",
                "<p title=\"{{customer.name}}\">x</p>");
        assertFalse(applied.html().contains("<img"), applied.html());
        assertTrue(applied.html().contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;"), applied.html());
        assertEquals("<img src=x onerror=alert(1)> & \"Co\"", applied.text());
    }

    @Test
    void aPrivateMacroIsSeenByItsOwnerAlone() {
        var other = caller(desk.agent("Other", "available"), Role.AGENT);
        var macro = made("Mine", false);
        assertThrows(Failure.NotFound.class, () -> virtually(() -> macros.get(other.id(), macro.id())));
        assertThrows(Failure.NotFound.class, () -> delete(other, macro));
        var changed = virtually(() -> macros.change(caller(agent, Role.AGENT), macro.id(),
                new Macros.Macro(null, "Ours", "t", null, List.of(new Macros.Action("tag", "x")), true, null, 1)));
        assertEquals(2, changed.version());
        assertEquals("Ours", virtually(() -> macros.get(other.id(), macro.id())).title());
    }

    private static Caller caller(UUID id, Role role) {
        return new Caller(id, role, Set.of(), "Someone", "en", "");
    }

    private Macros.Macro made(String title, boolean shared) {
        return virtually(() -> macros.create(agent, new Macros.Macro(null, title, "t", null, null, shared, null, 0)));
    }

    private void delete(Caller by, Macros.Macro macro) {
        virtually(() -> {
            macros.delete(by, macro.id());
            return null;
        });
    }

    private Macros.Macro change(Caller by, Macros.Macro macro, String title, String text, int version) {
        return virtually(() -> macros.change(by, macro.id(),
                new Macros.Macro(null, title, text, null, null, true, null, version)));
    }

    @Test
    void aSharedMacroIsChangedByWhoMadeItAndByLeadsAlone() {
        var other = caller(desk.agent("Another", "available"), Role.AGENT);
        var macro = made("Shared", true);
        assertThrows(Failure.Forbidden.class, () -> change(other, macro, "Taken", "t", 1));
        assertThrows(Failure.Forbidden.class, () -> delete(other, macro));
        assertEquals("Shared", virtually(() -> macros.get(agent, macro.id())).title());
        var lead = caller(desk.agent("Lead", "available"), Role.LEAD);
        assertEquals(agent, change(lead, macro, "Better", "t", 1).ownerId(), "it stays its maker's");
        delete(caller(desk.agent("Root", "available"), Role.ADMIN), macro);
        assertThrows(Failure.NotFound.class, () -> virtually(() -> macros.get(agent, macro.id())));
    }

    @Test
    void aChangeOfAnOldVersionIsRefusedWithThePresentOne() {
        var own = caller(agent, Role.AGENT);
        var macro = made("First", true);
        change(own, macro, "Second", "t", 1);
        var stale = assertThrows(Failure.Conflict.class, () -> change(own, macro, "Third", "t", 1));
        assertEquals("stale", stale.code());
        assertEquals("Second", virtually(() -> macros.get(agent, macro.id())).title());
    }

    @Test
    void aTextHasALimit() {
        var own = caller(agent, Role.AGENT);
        var macro = made("Long", true);
        assertEquals(2, change(own, macro, "Long", "x".repeat(Macros.TEXT_CHARS_MAX), 1).version());
        assertThrows(Failure.Invalid.class,
                () -> change(own, macro, "Long", "x".repeat(Macros.TEXT_CHARS_MAX + 1), 2));
        assertThrows(Failure.Invalid.class, () -> virtually(() -> macros.create(agent, new Macros.Macro(null, "M", "t",
                "x".repeat(Macros.HTML_CHARS_MAX + 1), null, true, null, 0))));
    }
}
