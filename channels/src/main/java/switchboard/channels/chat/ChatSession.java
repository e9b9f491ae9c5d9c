package switchboard.channels.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Visit;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.people.Address;

/// What is said on one socket, from `hello` to the end. Runs on the socket's own virtual thread.
final class ChatSession {
    static final int TEXT_CHARS_MAX = 4000;
    static final int MESSAGES_PER_MINUTE_MAX = 60;
    static final int IGNORED_PER_MINUTE_MAX = 240;
    /// Of every kind together: each may cost a look into the tables. A busy window sends some two a second.
    static final int FRAMES_PER_MINUTE_MAX = 600;
    /// Sockets that one address may open in a minute for each conversation that it may begin in an hour: a window opens
    /// one with every page.
    static final int HELLOS_PER_CONVERSATION = 60;
    static final int CODES_PER_HOUR_MAX = 5;
    static final int IDS_MAX = 100;
    private static final int NAME_CHARS_MAX = 100;
    private static final int NEW_VISITORS_PER_CONVERSATION = 6;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// What all sockets share.
    record Shared(Widgets widgets, Visitors visitors, Codes codes, History history, Inbox inbox, Limits limits,
                  Sockets sockets, Signer signer, ChatChannel.Typists typists, Away away) {}

    /// The socket is to be closed, with an error said before.
    static final class Closing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final short status;
        private final String code;

        Closing(short status, String code, String detail) {
            super(detail, null, false, false);
            this.status = status;
            this.code = code;
        }

        short status() {
            return status;
        }

        String code() {
            return code;
        }
    }

    private final Shared shared;
    private final Wire wire;
    private final String ip;
    private final Predicate<String> embeds;
    private WidgetSettings widget;
    private Visitor visitor;
    /// The ticket that the visitor was last seen typing into; null since it was sent.
    private UUID typingInto;

    /// @param embeds whether pages of an origin may embed the widget
    ChatSession(Shared shared, Wire wire, String ip, Predicate<String> embeds) {
        this.shared = shared;
        this.wire = wire;
        this.ip = ip;
        this.embeds = embeds;
    }

    void take(Frame frame) {
        if (visitor == null && !(frame instanceof Frame.Hello)) {
            throw new Closing(Door.MALFORMED, "no-hello", "The first frame is hello");
        }
        if (visitor != null && !shared.limits().takeHere("frames:" + visitor.id(), FRAMES_PER_MINUTE_MAX, MINUTE)) {
            throw new Closing(Door.TOO_MANY, "too-many", "Frames come faster than a person types");
        }
        switch (frame) {
            case Frame.Hello hello -> hello(hello);
            case Frame.Message message -> message(message);
            case Frame.Typing typing -> typing(typing);
            case Frame.Received received -> received(received);
            case Frame.Read read -> read(read);
            case Frame.Identify identify -> identify(identify);
            case Frame.Code code -> code(code);
            case Frame.Contact contact -> contact(contact);
            case Frame.Ping _ -> say("pong", Map.of());
        }
    }

    void close() {
        if (visitor != null) shared.sockets().remove(visitor.id(), wire);
    }

    private void hello(Frame.Hello hello) {
        if (visitor != null) throw new Closing(Door.MALFORMED, "hello-again", "There is one hello a socket");
        widget = shared.widgets().named(hello.key() == null ? "" : hello.key())
                .orElseThrow(() -> new Closing(Door.REFUSED, "unknown-widget", "No widget has this key"));
        if (!shared.limits().take("hellos:" + ip, widget.conversationsPerHour() * HELLOS_PER_CONVERSATION, MINUTE)) {
            throw new Closing(Door.TOO_MANY, "too-many", "Too many windows from this network; please wait a moment");
        }
        var language = hello.language() != null && hello.language().startsWith("zh") ? "zh-CN" : "en";
        var signed = Optional.ofNullable(hello.jwt()).flatMap(this::verify);
        var secret = widget.secret(shared.signer());
        var known = Optional.ofNullable(hello.token()).flatMap(token -> shared.visitors().byToken(token, secret));
        var person = signed.flatMap(who -> signedIn(who, known, language));
        // A signature that does not hold makes nobody of a signed person, whatever ticket comes with it.
        boolean refused = hello.jwt() != null && person.isEmpty();
        var opened = person.or(() -> known.filter(one -> !refused || !one.signed())
                .map(one -> new Visitors.Opened(one, null))).orElseGet(() -> stranger(language));
        visitor = opened.visitor();
        shared.sockets().add(visitor.id(), wire);
        var welcome = new HashMap<>(presence());
        welcome.put("visitor", visitor.id());
        welcome.put("signed", visitor.signed());
        welcome.put("email", visitor.email());
        welcome.put("history", shared.history().of(visitor.id(), hello.after()));
        if (opened.token() != null) welcome.put("token", opened.token());
        if (refused) welcome.put("identity", "refused");
        say("welcome", welcome);
    }

    private Optional<SignedVisitor> verify(String jwt) {
        return widget.secret(shared.signer())
                .flatMap(secret -> SignedVisitor.verify(jwt, secret, widget.key(), Instant.now()));
    }

    private Optional<Visitors.Opened> signedIn(SignedVisitor who, Optional<Visitor> before, String language) {
        var opened = shared.visitors().signed(widget, who, before, language);
        if (opened.isEmpty()) return opened;
        var as = opened.get().visitor().proven();
        before.filter(old -> !old.signed() && old.conversationAt() != null && old.verifiedBy() == null)
                .ifPresent(old -> as.ifPresent(address ->
                        shared.inbox().put(Arrivals.known(old, address, who.name(), true, "jwt"))));
        return opened;
    }

    private Visitors.Opened stranger(String language) {
        spend("visitors:" + ip, widget.conversationsPerHour() * NEW_VISITORS_PER_CONVERSATION, HOUR);
        return shared.visitors().create(language);
    }

    private Map<String, Object> presence() {
        var standing = shared.history().standing(visitor);
        var presence = new HashMap<String, Object>();
        presence.put("open", ChatChannel.open(widget, shared.history()));
        presence.put("agentName", standing.map(History.Standing::agentName).orElse(null));
        presence.put("ended", standing.map(History.Standing::ended).orElse(false));
        return presence;
    }

    private void message(Frame.Message message) {
        if (message.id() == null || message.text() == null) {
            throw new Closing(Door.MALFORMED, "malformed", "A message has id and text");
        }
        var text = message.text().strip();
        if (text.isEmpty()) {
            refused("empty", "There is nothing to send", message.id());
            return;
        }
        if (text.length() > TEXT_CHARS_MAX) {
            refused("too-long", "A message has at most " + TEXT_CHARS_MAX + " characters", message.id());
            return;
        }
        if (!shared.limits().take("messages:" + visitor.id(), MESSAGES_PER_MINUTE_MAX, MINUTE)) {
            flood();
            refused("too-many", "Too many messages; please wait a moment", message.id());
            return;
        }
        visitor = shared.visitors().conversing(visitor.id());
        boolean first = visitor.conversationAt() == null;
        if (first) spend("conversations:" + ip, widget.conversationsPerHour(), HOUR);
        var said = new Frame.Message("message", message.id(), text, null);
        shared.inbox().put(Arrivals.message(visitor, widget, said, visit(message)));
        if (first) begun();
        var id = Arrivals.messageId(visitor.id(), message.id());
        Failpoint.pass("chat.before-ack");
        say("ack", Map.of("id", message.id(), "message", id, "at", Instant.now()));
        Failpoint.pass("chat.after-ack");
        if (typingInto != null) shared.typists().visitorTyping(typingInto, false);
        typingInto = null;
        shared.sockets().send(visitor.id(), wire, "message", Map.of("id", id, "at", Instant.now(),
                "direction", "inbound", "author", "", "text", text));
    }

    /// A page that may not embed the widget is no page of ours: no agent is led there.
    private Visit visit(Frame.Message message) {
        if (message.from() == null) return null;
        var from = message.from();
        var visit = Visit.of(from.page(), from.title(), from.zone(), from.language());
        return visit.page().isEmpty() || embeds.test(visit.origin()) ? visit : visit.withoutPage();
    }

    private void begun() {
        shared.visitors().begun(visitor);
        if (visitor.contact() != null && visitor.verifiedBy() == null) claim();
    }

    private void claim() {
        Address.email(visitor.contact()).ifPresent(address ->
                shared.inbox().put(Arrivals.known(visitor, address, visitor.contactName(), false, "claim")));
    }

    /// Who goes on sending after being refused is cut off.
    private void flood() {
        if (!shared.limits().take("flood:" + visitor.id(), IGNORED_PER_MINUTE_MAX, MINUTE)) {
            throw new Closing(Door.TOO_MANY, "too-many", "Too many messages");
        }
    }

    private void typing(Frame.Typing typing) {
        if (!shared.limits().take("typing:" + visitor.id(), MESSAGES_PER_MINUTE_MAX, MINUTE)) {
            flood();
            return;
        }
        shared.history().standing(visitor).ifPresent(standing -> {
            typingInto = typing.on() ? standing.ticketId() : null;
            shared.typists().visitorTyping(standing.ticketId(), typing.on());
        });
    }

    private void received(Frame.Received received) {
        if (received.ids() == null || received.ids().size() > IDS_MAX) {
            throw new Closing(Door.MALFORMED, "malformed", "At most 100 ids");
        }
        receipt("delivered", shared.history().below(visitor.id(), received.ids(), 4));
    }

    private void read(Frame.Read read) {
        if (read.id() == null) throw new Closing(Door.MALFORMED, "malformed", "What was read has an id");
        receipt("read", shared.history().unreadUpTo(visitor.id(), read.id()));
    }

    private void receipt(String status, List<UUID> ids) {
        if (ids.isEmpty() || !shared.limits().take("receipts:" + visitor.id(), IGNORED_PER_MINUTE_MAX, MINUTE)) return;
        shared.away().came(visitor.id());
        shared.inbox().put(Arrivals.receipt(visitor, status, new ArrayList<>(ids)));
    }

    private void identify(Frame.Identify identify) {
        var email = Address.email(identify.email());
        if (email.isEmpty()) {
            refused("no-address", "This is no e-mail address", null);
            return;
        }
        if (visitor.signed()) {
            refused("signed", "You are signed in already", null);
            return;
        }
        var limits = shared.limits();
        if (!limits.take("codes:" + visitor.id(), CODES_PER_HOUR_MAX, HOUR)
                || !limits.take("codes:" + email.get().value(), CODES_PER_HOUR_MAX, HOUR)
                || !limits.take("codes:" + ip, widget.conversationsPerHour() * CODES_PER_HOUR_MAX, HOUR)) {
            refused("too-many", "Too many codes; please try again later", null);
            return;
        }
        shared.codes().mail(visitor, email.get(), widget.name());
        // The same answer whether or not anybody is known by the address.
        say("code-sent", Map.of("email", email.get().value()));
    }

    private void code(Frame.Code code) {
        if (visitor.signed() || code.code() == null) {
            refused("wrong-code", "The code is wrong or too old", null);
            return;
        }
        var proven = shared.codes().redeem(visitor, code.code().strip());
        if (proven.isEmpty()) {
            refused("wrong-code", "The code is wrong or too old", null);
            return;
        }
        Address.email(proven.get()).ifPresent(address ->
                shared.inbox().put(Arrivals.known(visitor, address, visitor.contactName(), true, "code")));
        shared.sockets().send(visitor.id(), "verified", Map.of("email", proven.get()));
    }

    private void contact(Frame.Contact contact) {
        var email = Address.email(contact.email());
        if (email.isEmpty()) {
            refused("no-address", "This is no e-mail address", null);
            return;
        }
        if (!shared.limits().take("contacts:" + visitor.id(), CODES_PER_HOUR_MAX, HOUR)) {
            refused("too-many", "Please try again later", null);
            return;
        }
        var name = contact.name() == null ? "" : contact.name().strip();
        visitor = shared.visitors().contact(visitor, email.get().value(),
                name.substring(0, Math.min(NAME_CHARS_MAX, name.length())));
        if (visitor.conversationAt() != null && visitor.verifiedBy() == null) claim();
        say("contact-kept", Map.of("email", email.get().value()));
    }

    private void spend(String who, int max, Duration per) {
        if (!shared.limits().take(who, max, per)) {
            throw new Closing(Door.TOO_MANY, "too-many",
                    "Too many conversations from this network; please try again later");
        }
    }

    /// An error that leaves the socket open.
    private void refused(String code, String detail, UUID message) {
        var frame = new HashMap<String, Object>(Map.of("code", code, "detail", detail));
        if (message != null) frame.put("id", message);
        if (code.equals("too-many") && message != null) {
            frame.put("retrySeconds", shared.limits().waitSeconds("messages:" + visitor.id()));
        }
        say("error", frame);
    }

    private void say(String type, Map<String, ?> frame) {
        wire.send(type, frame);
    }
}
