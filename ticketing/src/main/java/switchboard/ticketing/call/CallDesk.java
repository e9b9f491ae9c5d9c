package switchboard.ticketing.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Language;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.people.Sender;

/// What telephones report, and what they are told to do next. Each method runs in the transaction that stores the
/// report; the caller commits and then calls `Calls.committed()`.
public final class CallDesk {
    private static final int ASKED_MAX = 3;
    /// With no agent of the team available, a caller waits this long before voicemail.
    private static final int UNSTAFFED_SECONDS = 30;
    /// A caller who listened to the menu for this long wanted something.
    private static final Duration HEARD = Duration.ofSeconds(10);
    private static final Actor CALLER = new Actor(Actor.Type.CUSTOMER, Optional.empty());

    private final CallBook book;
    private final Intake intake;
    private final Journal journal;

    CallDesk(CallBook book, Intake intake, Journal journal) {
        this.book = book;
        this.intake = intake;
        this.journal = journal;
    }

    private record NewCall(UUID id, String callSid, String direction, String state, UUID customerId, String number,
                           String ourNumber, String language, int leg, UUID ticketId, UUID messageId, UUID teamId,
                           Instant startedAt, Instant changedAt, int version) {}

    /// A call comes in. It is a conversation from its first second: customer, ticket and card exist before anybody
    /// answers.
    ///
    /// @param from as the carrier gave it: E.164, `client:`, `sip:`, or a word for a withheld number
    public Next entered(Sql tx, Received.Origin origin, String callSid, String from, PhoneLine line) {
        if (CallRow.lockBySid(tx, callSid).isPresent()) return Next.NOTHING;
        var id = Ids.next();
        var messageId = Ids.next();
        var now = Instant.now();
        var language = Language.of(line.greeting());
        var given = Sender.given(from, Region.ofLine(tx, line.number()));
        var sender = Address.withheld(from) ? Sender.plain(Optional.empty(), "Caller without a number") : given;
        var who = given.address().map(Address::value)
                .orElse(Address.withheld(from) ? "a withheld number" : given.name());
        var placed = intake.receive(tx, List.of(new Received.Message(origin, "phone", line.number(), now, "call", true,
                sender,
                List.of(), Optional.empty(), Received.Content.plain(
                "Call from " + who + again(tx, line, from), "Incoming call"), List.of(), List.of(), List.of(),
                Optional.ofNullable(line.teamId()), Optional.of(id), Optional.of(messageId)))).getFirst();
        tx.insert("call", List.of(new NewCall(id, callSid, "inbound", "menu", placed.customerId(), from, line.number(),
                language, 0,
                placed.ticketId(), messageId, line.teamId(), now, now, 1)));
        var call = CallRow.lock(tx, id).orElseThrow();
        journal.append(tx, CallBook.changed(call, Actor.customer(placed.customerId())));
        if (!line.menu().isEmpty()) return new Next.Greet(id, line, 1, language);
        return enqueue(tx, call, line.greeting());
    }

    /// Distinguishes a caller's calls: the third is `(3)`.
    private static String again(Sql tx, PhoneLine line, String from) {
        long before = Address.withheld(from) ? 0 : tx.value(Long.class, """
                select count(*) from call where number = $1 and our_number = $2 and direction = 'inbound'""", from,
                line.number()).orElse(0L);
        return before == 0 ? "" : " (" + (before + 1) + ")";
    }

    /// The caller pressed a key, or none in time.
    public Next chosen(Sql tx, UUID id, String digits, int attempt) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null || !(call.at() instanceof CallState.Menu)) return Next.NOTHING;
        var line = PhoneLine.find(tx, call.ourNumber()).orElse(null);
        if (line == null) return enqueue(tx, call, "");
        var choice = line.choice(pressed(digits));
        if (choice.isEmpty() && attempt < ASKED_MAX) return new Next.Greet(id, line, attempt + 1, call.language());
        var team = choice.map(PhoneLine.Choice::teamId).orElse(line.teamId());
        tx.execute("update call set team_id = $2, language = $3 where id = $1", id, team == null ? line.teamId() : team,
                choice.map(one -> one.spoken(call.language())).orElse(call.language()));
        choice.ifPresent(one -> tx.execute("update ticket set subject = left(subject || ': ' || $2, 250) where id = $1",
                call.ticketId(), one.label().strip()));
        return enqueue(tx, CallRow.lock(tx, id).orElseThrow(), "");
    }

    /// The key that the caller meant: a noisy line adds tones without a key and repeats keys.
    private static String pressed(String digits) {
        var keys = digits.replaceAll("[a-dA-DwW]", "");
        return keys.length() > 1 && keys.chars().distinct().count() == 1 ? keys.substring(0, 1) : keys;
    }

    private Next enqueue(Sql tx, CallRow call, String greeting) {
        return book.apply(tx, call, CALLER, new CallEvent.Enqueued())
                .<Next>map(queued -> new Next.Enqueue(call.id(), queued.queue(), greeting, call.language()))
                .orElse(Next.NOTHING);
    }

    /// A waiting telephone asks what to play.
    public Next waiting(Sql tx, UUID id, String queueSid, long position, long waitedSeconds) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null) return Next.NOTHING;
        if (call.queueSid() == null) tx.execute("update call set queue_sid = $2 where id = $1", id, queueSid);
        var line = PhoneLine.find(tx, call.ourNumber());
        boolean voicemail = line.map(PhoneLine::voicemail).orElse(false);
        long longest = line.map(PhoneLine::waitMax).orElse(PhoneLine.WAIT_MAX).toSeconds();
        boolean over = waitedSeconds >= longest || waitedSeconds >= UNSTAFFED_SECONDS && !staffed(tx, call);
        CallEvent instead = voicemail ? new CallEvent.WordWanted() : new CallEvent.CallbackWanted();
        // While an agent is being offered the call, wait for the answer, which comes within seconds.
        if (over && call.at() instanceof CallState.Queued && book.apply(tx, call, CALLER, instead).isPresent()) {
            return new Next.Leave();
        }
        return new Next.Wait(id, position, voicemail, call.language());
    }

    /// Whether an agent may become free for the call. An agent who is away or missed the last call won't.
    private static boolean staffed(Sql tx, CallRow call) {
        return tx.exists("""
                select 1 from agent a where a.active and a.status = 'available' and a.phone is not null and ($1::uuid is
                null
                  or exists (select 1 from team_member m where m.agent_id = a.id and m.team_id =
                  $1))""", call.teamId());
    }

    /// The waiting caller pressed a key: 1 leaves word, 2 asks to be called back.
    public Next wished(Sql tx, UUID id, String digits) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null) return Next.NOTHING;
        CallEvent wish = switch (digits) {
            case "1" -> new CallEvent.WordWanted();
            case "2" -> new CallEvent.CallbackWanted();
            default -> null;
        };
        boolean granted = wish != null && (!digits.equals("1") || PhoneLine.find(tx, call.ourNumber())
                .map(PhoneLine::voicemail).orElse(false)) && book.apply(tx, call, CALLER, wish).isPresent();
        return granted ? new Next.Leave() : Next.NOTHING;
    }

    /// The telephone is out of the queue. The report that an agent got it, and the hanging up, come in any order.
    public Next left(Sql tx, UUID id, String result) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null) return Next.NOTHING;
        return switch (result) {
            case "hangup" -> gone(tx, call);
            case "leave" -> afterWish(call);
            case "queue-full", "error", "system-error" -> book.apply(tx, call, CALLER, new CallEvent.WordWanted())
                    .map(CallDesk::afterWish).orElse(Next.NOTHING);
            default -> Next.NOTHING;
        };
    }

    private static Next afterWish(CallRow call) {
        if (call.at() instanceof CallState.TakingMessage) return new Next.TakeMessage(call.id(), call.language());
        // A withheld number can't be called back.
        return new Next.Goodbye(call.number().startsWith("+") && !Address.withheld(call.number()) ? "callback"
                : "nobody", call.language());
    }

    private Next gone(Sql tx, CallRow call) {
        boolean stranger = call.at() instanceof CallState.Menu && wantedNothing(tx, call);
        book.apply(tx, call, CALLER, stranger ? new CallEvent.GivenUp() : new CallEvent.CustomerGone());
        return Next.NOTHING;
    }

    /// An unknown caller hung up before choosing from the menu.
    private static boolean wantedNothing(Sql tx, CallRow call) {
        return call.startedAt().plus(HEARD).isAfter(Instant.now()) && !tx.exists("""
                select 1 from customer o join customer c on c.id = coalesce(o.merged_into, o.id)
                where o.id = $1 and (not c.provisional or exists (select 1 from ticket t
                  where t.customer_id = o.id and t.id <> $2))""", call.customerId(), call.ticketId());
    }

    /// The waiting caller is sent to the agent.
    public Next connecting(Sql tx, UUID id) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null) return Next.NOTHING;
        return switch (call.at()) {
            case CallState.Active _, CallState.Held _ -> {
                tx.execute("update call set joined_at = coalesce(joined_at, now()) where id = $1", id);
                yield new Next.JoinAsCustomer(id, call.conference());
            }
            // Fetched too late: the agent was let go meanwhile, and the caller waits on.
            case CallState.Queued _, CallState.Offered _, CallState.RingingAgent _ ->
                    new Next.Enqueue(id, call.queue(), "", call.language());
            default -> new Next.Goodbye("over", call.language());
        };
    }

    /// Nothing is left to do on the customer's telephone.
    public Next goodbye(Sql tx, UUID id, String why) {
        return new Next.Goodbye(why, CallRow.lock(tx, id).map(CallRow::language).orElse("en"));
    }

    /// The agent's telephone was answered.
    public Next agentUp(Sql tx, UUID id, int leg, String agentCallSid) {
        var call = CallRow.lock(tx, id).orElse(null);
        if (call == null) return new Next.Goodbye("gone", "en");
        if (leg == call.leg()) tx.execute("update call set agent_call_sid = $2 where id = $1", id, agentCallSid);
        return book.apply(tx, CallRow.lock(tx, id).orElseThrow(), CALLER, new CallEvent.AgentUp(leg))
                .<Next>map(after -> new Next.JoinAsAgent(id, after.conference()))
                .orElse(new Next.Goodbye("gone", call.language()));
    }

    /// How the agent's leg ended, once it has.
    public void agentGone(Sql tx, UUID id, int leg, String how) {
        CallRow.lock(tx, id).ifPresent(call -> book.apply(tx, call, CALLER, new CallEvent.AgentGone(leg, how)));
    }

    /// The customer whom we called has answered.
    public void customerUp(Sql tx, UUID id) {
        CallRow.lock(tx, id).ifPresent(call -> book.apply(tx, call, CALLER, new CallEvent.CustomerUp()));
    }

    public void customerGone(Sql tx, UUID id) {
        CallRow.lock(tx, id).ifPresent(call -> gone(tx, call));
    }

    /// The same, of a call that only its leg's name is known of; a leg that is no customer's is nothing to us.
    public void customerGone(Sql tx, String callSid) {
        CallRow.lockBySid(tx, callSid).ifPresent(call -> gone(tx, call));
    }

    /// The carrier's name of the room where the two meet, needed to hold the customer.
    public void met(Sql tx, UUID id, String conferenceSid) {
        tx.execute("update call set conference_sid = $2 where id = $1 and conference_sid is null "
                + "and state in ('active', 'held')", id, conferenceSid);
    }

    /// The caller has left word, which is fetched by an effect.
    public void recorded(Sql tx, UUID id, String recordingSid) {
        CallRow.lock(tx, id).filter(call -> call.recordingSha() == null).ifPresent(call -> {
            tx.execute("update call set recording_sid = $2, version = version + 1 where id = $1", id, recordingSid);
            book.effect(tx, CallRow.lock(tx, id).orElseThrow(), "recording", Duration.ofDays(3),
                    Map.of("sid", recordingSid));
        });
    }

    /// The message that a caller left becomes part of the call's ticket, which waits for a person.
    void voicemail(Sql tx, CallRow call, byte[] sound, String type) {
        var origin = new Received.Origin(0, Instant.now());
        var given = Sender.given(call.number(), Region.ofLine(tx, call.ourNumber()));
        var sender = new Sender(given.address(), "", Sender.Trust.PROVEN,
                Optional.of(call.customerId()));
        intake.receive(tx, List.of(new Received.Message(origin, "phone", call.ourNumber(), Instant.now(), "voicemail",
                false, sender,
                List.of(new Proof.Certain(call.ticketId(), "call")), Optional.empty(),
                Received.Content.plain("", "Voice message"),
                List.of(new Received.File("voicemail.wav", type, null, false, sound)), List.of(), List.of(),
                Optional.empty(),
                Optional.of(call.id()), Optional.empty())));
        var sha = switchboard.ticketing.base.Signer.digest(sound);
        tx.execute("""
                update call set recording_sha = $2, outcome = 'voicemail', changed_at = now(), version = version + 1
                where id = $1""", call.id(), sha);
        // It is routed like any message, with the age that the caller's waiting has.
        tx.execute("""
                update ticket set tags = array_remove(tags, $2), queued_at = case when assignee_id is null
                  then least(queued_at, $3) else queued_at end where id = $1""", call.ticketId(), CallTicket.CALL_BACK,
                call.enqueuedAt() == null ? call.startedAt() : call.enqueuedAt());
        var after = CallRow.lock(tx, call.id()).orElseThrow();
        new CallTicket(tx, journal, after, CALLER).card();
        journal.append(tx, CallBook.changed(after, CALLER));
    }
}
