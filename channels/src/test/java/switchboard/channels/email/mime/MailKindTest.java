package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tells a person's mail, a machine's own mail, a machine's reply and a report apart.
class MailKindTest {
    private static final String REPORT = """
            From: MAILER-DAEMON@mx.home.test
            To: mia@home.test
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <r1@mx.home.test>
            MIME-Version: 1.0
            Content-Type: multipart/report; boundary="dsn"; report-type=delivery-status

            --dsn
            Content-Type: text/plain

            Your message could not be delivered.

            --dsn
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.home.test

            Final-Recipient: rfc822; sales@desk.test
            Action: failed
            Status: 5.1.1

            --dsn
            Content-Type: message/rfc822

            Message-ID: <ours@desk.test>
            Subject: Hello

            Hello
            --dsn--
            """;

    private static MailKind kind(String mail) {
        return MailDecoder.decode(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)).kind();
    }

    private static String automatic(String headers, String subject, String text) {
        return "From: Shop <noreply@shop.test>\nTo: support@desk.test\nSubject: " + subject + "\n" + headers
                + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n";
    }

    @Test @Tag("M03")
    void aReportThatAPersonAttachesLeavesTheMailThatPersonsOwn() {
        var head = "From: Mia <mia@home.test>\nTo: support@desk.test\nSubject: Your mail came back\n"
                + "Content-Type: multipart/mixed; boundary=\"m\"\n\n--m\nContent-Type: text/plain\n\n"
                + "Please write to my private address.\n\n--m\n";
        assertEquals(MailKind.NORMAL, kind(head + "Content-Type: message/rfc822\n\n" + REPORT + "\n--m--\n"));
        assertEquals(MailKind.NORMAL, kind(head + "Content-Type: message/rfc822\nContent-Disposition: attachment\n\n"
                + REPORT + "\n--m--\n"));
        assertEquals(MailKind.NORMAL, kind(head + REPORT.substring(REPORT.indexOf("Content-Type: multipart"))
                + "\n--m--\n"), "the parts of the report within the person's mail");
    }

    @Test @Tag("M03")
    void aReportThatAGatewayWrapsIsStillAReport() {
        assertEquals(MailKind.BOUNCE, kind("From: Mail Delivery System <MAILER-DAEMON@mx.home.test>\n"
                + "To: support@desk.test\nSubject: Undelivered Mail\nContent-Type: multipart/mixed; boundary=\"m\"\n\n"
                + "--m\nContent-Type: message/rfc822\n\n" + REPORT + "\n--m\nContent-Type: text/plain\n\nFooter\n"
                + "--m--\n"));
        assertEquals(MailKind.BOUNCE, kind(REPORT));
    }

    @Test @Tag("M04")
    void aForeignReportThatAPersonPastesOrForwardsIsThatPersonsMail() {
        var mia = "From: Mia <mia@home.test>\nTo: support@desk.test\nMessage-ID: <m@home.test>\n";
        assertEquals(MailKind.NORMAL, kind(mia + "Subject: Delivery Status Notification (Failure) for your sales team\n"
                + "\nI tried sales@desk.test and this came back:\n\nThe following address failed:\n sales@desk.test\n"
                + " 550 5.1.1 unknown user\n\n----- This is a copy of the message -----\nhello\n"));
        assertEquals(MailKind.NORMAL, kind(mia + "Subject: Fwd: Undelivered Mail Returned to Sender\n"
                + "Content-Type: multipart/mixed; boundary=\"m\"\n\n--m\nContent-Type: text/plain\n\nPlease help.\n\n"
                + "---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mx.home.test\n\n"
                + "Your message could not be delivered.\n\n--m\nContent-Type: message/delivery-status\n\n"
                + "Reporting-MTA: dns; mx.home.test\n\nFinal-Recipient: rfc822; sales@desk.test\nAction: failed\n"
                + "Status: 5.1.1\n\n--m\nContent-Type: message/rfc822\n\nSubject: hello\n\nhello\n\n--m--\n"));
        assertEquals(MailKind.NORMAL, kind(mia + "Subject: complaint\nContent-Type: multipart/mixed; boundary=\"m\"\n\n"
                + "--m\nContent-Type: text/plain\n\nMy provider gave me this. Did you complain about me?\n\n--m\n"
                + "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <mia@home.test>\n\n"
                + "--m--\n"));
    }

    @ParameterizedTest @Tag("M06")
    @ValueSource(strings = {
        "Auto-Submitted: auto-generated\nReply-To: mia@home.test\n",
        "Auto-Submitted: auto-generated\nPrecedence: bulk\n",
        "Auto-Submitted: auto-generated; by=form\nX-Auto-Response-Suppress: All\n",
        "Auto-Submitted: auto-generated\nIn-Reply-To: <issue-7@tracker.shop.test>\n",
        "Auto-Submitted: auto-notified\n", "Precedence: bulk\n", "Precedence: junk\n",
        "X-Auto-Response-Suppress: OOF\n", "Return-Path: <>\n", "X-Autoreply: no\n",
        "Auto-Submitted: auto-replied\nReply-To: mia@home.test\n"})
    void whatAMachineSendsOfItsOwnAccordIsARequest(String headers) {
        var mail = automatic(headers, "New enquiry from the contact form", "Name: Mia\nMessage: It has not come");
        assertEquals(MailKind.NORMAL, kind(mail));
        assertTrue(!MailDecoder.decode(mail.getBytes(StandardCharsets.UTF_8)).loop().mayAutoReply()
                || headers.startsWith("X-Autoreply: no"), "but no machine answers it");
    }

    @ParameterizedTest @Tag("M06")
    @ValueSource(strings = {
        "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-replied (vacation)\nIn-Reply-To: <a@desk.test>\n",
        "Auto-Submitted: auto-generated\nIn-Reply-To: <ours@desk.test>\n",
        "Auto-Submitted: auto-generated\nReferences: <x@shop.test> <ours@desk.test>\n",
        "Return-Path: <>\nIn-Reply-To: <ours@desk.test>\n", "X-Autoreply: yes\n", "X-Autorespond: vacation\n",
        "Precedence: auto_reply\n"})
    void whatAMachineAnswersUsIsAnAutomaticReply(String headers) {
        assertEquals(MailKind.AUTO_REPLY, kind(automatic(headers, "Re: your order", "We have your message.")));
    }

    @ParameterizedTest @Tag("M06")
    @ValueSource(strings = {"Automatic reply: Your order", "Out of Office: Your order", "Abwesenheitsnotiz: Bestellung",
            "Automatische Antwort: Bestellung", "Réponse automatique : commande", "Respuesta automática: Pedido",
            "Risposta automatica: ordine", "Resposta automática: Pedido", "Automatisch antwoord: bestelling",
            "Autosvar: Order", "Automatisk svar: Ordre", "Automaattinen vastaus: tilaus", "Autoodpowiedź: zamówienie",
            "Automatická odpověď: objednávka", "Automatikus válasz: rendelés", "Răspuns automat: comanda",
            "Автоматический ответ: заказ", "Автоматична відповідь: замовлення", "Αυτόματη απάντηση: παραγγελία",
            "Otomatik yanıt: sipariş", "תשובה אוטומטית: הזמנה", "رد تلقائي: طلب", "自動応答: 注文", "自动回复: 订单",
            "自動回覆: 訂單", "자동 회신: 주문", "Tự động trả lời: đơn hàng", "Balasan otomatis: pesanan",
            "Mia Lund is out of the office (back 3 May)"})
    void aVacationNoticeIsKnownByItsSubjectInAnyLanguage(String subject) {
        assertEquals(MailKind.AUTO_REPLY, kind(automatic("Return-Path: <>\n", subject, "Hello")));
        assertEquals(MailKind.AUTO_REPLY, kind(automatic("Auto-Submitted: auto-generated\n", subject, "Hello")));
        assertEquals(MailKind.NORMAL, kind(automatic("", subject, "Hello")), "a person may write so");
    }

    @ParameterizedTest @Tag("M06")
    @ValueSource(strings = {"I am out of the office until Monday.", "Ich bin bis Montag im Urlaub.",
            "Je suis absente jusqu'à lundi.", "Я в отпуске до понедельника.", "本人正在休假，周一回复。"})
    void aBulkMailWithTheWordsOfAVacationIsOne(String words) {
        for (var precedence : new String[] {"bulk", "junk"}) {
            assertEquals(MailKind.AUTO_REPLY, kind(automatic("Precedence: " + precedence + "\n", "Re: Hello", words)));
        }
        assertEquals(MailKind.NORMAL, kind(automatic("Precedence: bulk\nList-Id: <l.shop.test>\n", "Hello", words)));
        assertEquals(MailKind.NORMAL, kind(automatic("", "Re: Hello", words)));
        assertEquals(MailKind.NORMAL, kind(automatic("Precedence: bulk\nReply-To: mia@home.test\n", "New enquiry",
                words)));
        assertEquals(MailKind.NORMAL, kind(automatic("Auto-Submitted: auto-generated\nReply-To: mia@home.test\n",
                "New enquiry", "Message: " + words)));
    }

    @ParameterizedTest @Tag("M06")
    @ValueSource(strings = {"Our summer offers: go on holiday with us!", "门禁告警：有人外出未登记", "夏の休暇セール"})
    void aBulkMailThatOnlySpeaksOfHolidaysIsNoVacationNotice(String words) {
        assertEquals(MailKind.NORMAL, kind(automatic("Precedence: bulk\n", "News", words)));
    }

    @Test @Tag("M49")
    void noMachineAnswersWhatAMachineOrAListSent() {
        for (var headers : new String[] {"List-Id: <l.shop.test>\n", "Precedence: bulk\n", "Return-Path: <>\n",
                "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated\n"}) {
            var mail = MailDecoder.decode(automatic(headers, "Hello", "Hello").getBytes(StandardCharsets.UTF_8));
            assertTrue(!mail.loop().mayAutoReply(), headers);
        }
        assertTrue(!MailDecoder.decode(automatic("", "Hello", "Hello").getBytes(StandardCharsets.UTF_8)).loop()
                .mayAutoReply(), "no-reply");
    }
}
