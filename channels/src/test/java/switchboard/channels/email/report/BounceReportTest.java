package switchboard.channels.email.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.ReportedRecipient;

class BounceReportTest {
    private static final String DSN = """
            Return-Path: <>
            From: Mail Delivery System <MAILER-DAEMON@mx.demo.test>
            To: bounces@demo.test
            Subject: Undelivered Mail Returned to Sender
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.demo.test

            Final-Recipient: rfc822; moved@kunde.test
            Original-Recipient: rfc822;old@kunde.test
            Action: failed
            Status: 5.1.1

            Final-Recipient: rfc822; slow@kunde.test
            Action: delayed
            Status: 4.4.1

            Final-Recipient: rfc822; fine@kunde.test
            Action: relayed
            Status: 2.0.0

            --b
            Content-Type: message/rfc822

            From: support@demo.test
            Message-ID: <ours@demo.test>

            Hello
            --b--
            """;

    @Test void reads_a_standard_report() {
        var mail = decode(DSN);
        assertEquals(MailKind.BOUNCE, mail.kind());
        assertEquals(List.of(new ReportedRecipient("old@kunde.test", true),
                new ReportedRecipient("slow@kunde.test", false)), mail.recipients());
        assertEquals("ours@demo.test", mail.originalMessageId());
    }

    @Test void calls_a_report_of_delays_alone_delayed() {
        assertEquals(MailKind.DELAYED, decode(DSN.replace("Action: failed", "Action: delayed")).kind());
    }

    @Test void takes_a_report_of_success_for_no_bounce() {
        var mail = decode(DSN.replace("Action: failed", "Action: delivered")
                .replace("Action: delayed", "Action: delivered").replace("Undelivered Mail Returned to Sender", "Read")
                .replace("Sorry.", "Here."));
        assertEquals(List.of(), mail.recipients());
    }

    @Test void reads_an_abuse_report() {
        var mail = decode("""
                From: fbl@isp.test
                Subject: complaint
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b

                This is an abuse report
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Original-Rcpt-To: <user@isp.test>

                --b
                Content-Type: message/rfc822

                Message-ID: <news@demo.test>

                --b--
                """);
        assertEquals(MailKind.COMPLAINT, mail.kind());
        assertEquals(List.of(new ReportedRecipient("user@isp.test", true)), mail.recipients());
        assertEquals("news@demo.test", mail.originalMessageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Diese E-Mail konnte nicht zugestellt werden:\n\n<weg@kunde.test>\n550 unbekannt",
        "Votre message n'a pas pu être remis.\n\n  weg@kunde.test\n",
        "Ваше сообщение не может быть доставлено:\n\nweg@kunde.test: user unknown",
        "您的邮件无法投递到以下地址:\n\n<weg@kunde.test>:\n"})
    void understands_failure_in_other_languages(String words) {
        var mail = decode("From: MAILER-DAEMON@mx.test\nSubject: notice\nContent-Type: text/plain; charset=utf-8\n\n"
                + words);
        assertEquals(List.of(new ReportedRecipient("weg@kunde.test", true)), mail.recipients());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Subject: Delivery failed\n\nYour courier says my parcel could not be delivered. Write to me at "
                + "bo@home.test, please.",
        "Subject: Undeliverable parcel\n\nThe delivery to bo@home.test failed, error 550 the app said.",
        "Subject: Re: failure notice\nIn-Reply-To: <x@demo.test>\n\nI got your mail: 'unable to deliver' to "
        + "ann@home.test?",
        "Subject: mailbox full\n\nMy mailbox is full, is that why nothing comes?"})
    void takes_no_customer_for_a_mail_system(String rest) {
        assertEquals(MailKind.NORMAL, decode("From: Bo Larsen <bo@home.test>\nTo: support@demo.test\n" + rest).kind());
    }

    private static List<String> failed(String mail) {
        var decoded = decode(mail);
        assertEquals(MailKind.BOUNCE, decoded.kind(), mail);
        return decoded.recipients().stream().map(ReportedRecipient::address).toList();
    }

    private static String notice(String from, String headers, String words) {
        return "From: " + from + "\nTo: support@demo.test\n" + headers + "Content-Type: text/plain; charset=utf-8\n\n"
                + words + "\n";
    }

    @Test void namesOnlyTheAddressThatWeWroteTo() {
        assertEquals(List.of("old@kunde.test"), failed(notice("Mailer-Daemon@mx.test",
                "Subject: Mail delivery failed\n",
                "This address failed:\n\n  old@kunde.test\n    (generated from alias@kunde.test)\n    550 unknown")));
        assertEquals(List.of("old@kunde.test"), failed(notice("Mailer-Daemon@mx.test",
                "Subject: Mail delivery failed\nX-Failed-Recipients: old@kunde.test\n",
                "These failed:\n\n  old@kunde.test\n\nnew@kunde.test was tried instead")));
    }

    @Test void namesTheReportsOwnAddressesWhenNobodyElseIs() {
        assertEquals(List.of("support@demo.test"), failed(notice("MAILER-DAEMON@demo.test", "Subject: failure notice\n",
                "I wasn't able to deliver your message to the following addresses.\n\n<support@demo.test>:\nquota")));
        assertEquals(List.of("postmaster@kunde.test"), failed(notice("postmaster@mx.test", "Subject: Returned mail\n",
                " ----- The following addresses had delivery problems -----\npostmaster@kunde.test\n")));
    }

    @Test void knowsPhoneCompaniesNotices() {
        assertEquals(List.of("weg@kunde.test"), failed(notice("post_master@sms.test", "Subject: Re:Test\n",
                "The message could not be delivered to\n\nweg@kunde.test\n")));
        assertEquals(List.of("weg@kunde.test"), failed(notice("no-reply@mobile.test",
                "Subject: メールエラー通知\nReturn-Path: <>\n", "下記のアドレスに送信できませんでした。\n"
                + "メールを配信できません。\n宛先: <weg@kunde.test>\n550 5.1.1")));
        assertEquals(MailKind.NORMAL, decode(notice("no-reply@carrier.test", "Subject: Delivery failed: parcel 7\n",
                "Your parcel could not be delivered to bo@home.test today.")).kind(), "a carrier speaks of parcels");
    }

    @Test void readsWhatProvidersTellProgramsByMail() {
        var event = "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":"
                + "[{\"emailAddress\":\"weg@kunde.test\",\"status\":\"5.1.1\"}]},\"mail\":{\"source\":\"a@demo.test\","
                + "\"destination\":[\"weg@kunde.test\"],\"commonHeaders\":{\"messageId\":\"<ours@demo.test>\"}}}";
        var bounce = decode(notice("no-reply@sns.test", "Subject: Notification\n", event + "\n\n--\nTo stop, click"));
        assertEquals(MailKind.BOUNCE, bounce.kind());
        assertEquals(List.of(new ReportedRecipient("weg@kunde.test", true)), bounce.recipients());
        assertEquals("ours@demo.test", bounce.originalMessageId());
        var wrapped = "{\"Type\":\"Notification\",\"Message\":\"" + event.replace("\"", "\\\"") + "\"}";
        assertEquals(List.of("weg@kunde.test"), failed(notice("no-reply@sns.test", "Subject: Notification\n",
                wrapped)));
        assertEquals(MailKind.DELAYED, decode(notice("no-reply@sns.test", "Subject: N\n",
                event.replace("Permanent", "Transient"))).kind());
        assertEquals(MailKind.COMPLAINT, decode(notice("no-reply@sns.test", "Subject: N\n",
                event.replace("\"Bounce\"", "\"Complaint\""))).kind());
        assertEquals(MailKind.AUTO_REPLY, decode(notice("no-reply@sns.test", "Subject: N\n",
                event.replace("\"Bounce\"", "\"Delivery\""))).kind());
        assertEquals(MailKind.NORMAL, decode(notice("mia@home.test", "Subject: What is this?\n", event)).kind());
    }

    @Test void readsTheComplaintsOfProvidersWithoutAStandardForm() {
        var mail = decode("From: staff@provider.test\nTo: abuse@demo.test\nSubject: complaint about message from "
                + "192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
                + "X-HmXmrOriginalRecipient: weg@kunde.test\nMessage-ID: <ours@demo.test>\nSubject: x\n\nx\n--b--\n");
        assertEquals(MailKind.COMPLAINT, mail.kind());
        assertEquals(List.of(new ReportedRecipient("weg@kunde.test", true)), mail.recipients());
        assertEquals("ours@demo.test", mail.originalMessageId());
    }

    @Test void takesNoticesOfSuccessForMachinesAnswers() {
        for (var action : List.of("delivered", "relayed", "expanded")) {
            var mail = decode(DSN.replace("Action: failed", "Action: " + action)
                    .replace("Action: delayed", "Action: " + action).replace("Action: relayed", "Action: " + action));
            assertEquals(MailKind.AUTO_REPLY, mail.kind());
            assertEquals(action.equals("delivered") ? "ours@demo.test" : "", mail.originalMessageId());
        }
    }

    private static DecodedMail decode(String mail) {
        return MailDecoder.decode(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
