package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.outgoing.LoopGuard.Verdict;

class LoopGuardTest {
    private final Hand clock = new Hand();
    private final LoopGuard guard = new LoopGuard(new WindowBudgets(clock));

    @Test @Tag("T75") void answers_one_address_once_an_hour_and_three_times_a_day() {
        assertEquals(List.of(true, false), List.of(answers("bo@kunde.test"), answers("Bo@kunde.test")));
        clock.pass(Duration.ofMinutes(59));
        assertEquals(false, answers("bo@kunde.test"));
        clock.pass(Duration.ofMinutes(1));
        assertEquals(true, answers("bo@kunde.test"));
        clock.pass(Duration.ofHours(1));
        assertEquals(true, answers("bo@kunde.test"));
        clock.pass(Duration.ofHours(1));
        assertEquals(false, answers("bo@kunde.test"));
        clock.pass(Duration.ofHours(22));
        assertEquals(true, answers("bo@kunde.test"));
    }

    @Test @Tag("T75") void answers_sixty_of_one_domain_an_hour() {
        for (int i = 0; i < 60; i++) assertEquals(true, answers("u" + i + "@kunde.test"));
        assertEquals(false, answers("u60@kunde.test"));
        assertEquals(true, answers("u60@other.test"));
    }

    @Test @Tag("T75") void answers_six_hundred_of_one_brand_an_hour_and_a_refusal_takes_nothing() {
        for (int i = 0; i < 600; i++) assertEquals(true, answers("u@d" + i + ".test"));
        assertEquals(false, answers("u@last.test"));
        clock.pass(Duration.ofHours(1));
        assertEquals(true, answers("u@last.test"));
    }

    @Test @Tag("T74") void never_answers_itself_a_machine_or_an_unclear_sender() {
        assertEquals(List.of("own-address"), reasons("From: Support@demo.test\n\nHi"));
        assertEquals(List.of("reply-to-own-address"), reasons("From: a@b.test\nReply-To: support@demo.test\n\nHi"));
        assertEquals(List.of("auto-submitted", "kind auto-reply"),
                reasons("From: a@b.test\nAuto-Submitted: auto-replied\n\nHi"));
        assertEquals(List.of("no-sender", "quarantined"), reasons("From: a@b.test, c@d.test\n\nHi"));
        assertEquals(List.of(), reasons("From: a@b.test\n\nHi"));
    }

    @Test @Tag("T73") void two_desks_that_answer_each_other_stop_after_one_mail_each() {
        var first = MailComposer.compose(
                OutgoingMail.plain(new switchboard.channels.email.mime.MailAddress("", "desk@other.test"),
                List.of(new switchboard.channels.email.mime.MailAddress("", "support@demo.test")), "Thanks",
                "1@other.test", clock.instant(), "We got it.").automatic());
        assertInstanceOf(Verdict.Silence.class,
                guard.judge(MailDecoder.decode(first), Set.of("support@demo.test"), "demo"));
    }

    private boolean answers(String from) {
        return guard.judge(decode("From: " + from + "\n\nHi"), Set.of("support@demo.test"),
                "demo") instanceof Verdict.Answer;
    }

    private static List<String> reasons(String mail) {
        return LoopGuard.objections(decode(mail), Set.of("support@demo.test"));
    }

    private static DecodedMail decode(String mail) {
        return MailDecoder.decode(mail.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-03T09:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override public Instant instant() {
            return now;
        }

        @Override public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
