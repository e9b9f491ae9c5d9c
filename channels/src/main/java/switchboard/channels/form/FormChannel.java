package switchboard.channels.form;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import switchboard.channels.Channel;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.reply.Card;

/// The help centre's contact form. What is typed into its address field is a claim: it opens a ticket, and at most
/// suggests whose it may be. Answers go out by email.
public final class FormChannel implements Channel {
    private static final String NAME = "form";

    private final Inbox inbox;

    public FormChannel(Inbox inbox) {
        this.inbox = inbox;
    }

    private record Form(String locale, String name, String email, String subject, String text, Instant at) {}

    /// Returns when the message is committed; a known `clientKey` changes nothing.
    public void submit(String locale, String name, String email, String subject, String text, String clientKey) {
        var form = new Form(locale, name, email, subject, text, Instant.now());
        inbox.put(new Arrival(NAME, "form:" + email, clientKey, Map.of(),
                Json.write(form).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int cost() {
        return 10;
    }

    @Override
    public Card card() {
        return Card.answeredBy(NAME, "email");
    }

    @Override
    public Set<String> doors() {
        return Set.of(NAME);
    }

    @Override
    public List<Received> decode(Inbox.Raw row) {
        var form = Json.read(new String(row.raw(), StandardCharsets.UTF_8), Form.class);
        var address = Address.email(form.email());
        var sender = new Sender(address, form.name(), Sender.Trust.DOUBTFUL, Optional.empty());
        var content = new Received.Content(form.subject(), form.text(), form.text(), "", "", null, List.of(),
                List.of(), null);
        return List.of(new Received.Message(new Received.Origin(row.id(), row.receivedAt()), NAME, "help-centre",
                row.receivedAt(), "message", false, sender, List.of(), Optional.empty(), content, List.of(), List.of(),
                List.of("unverified"), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Override
    public Set<String> effects() {
        return Set.of();
    }

    @Override
    public Delivery deliver(Outbox.Leased row) {
        throw new IllegalStateException("A form delivers nothing");
    }
}
