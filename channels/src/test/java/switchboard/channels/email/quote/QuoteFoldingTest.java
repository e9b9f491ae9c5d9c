package switchboard.channels.email.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteFoldingTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "On Tue, 3 Mar 2026 at 10:12, Anna Berg <anna@shop.test> wrote:",
        "Am Di., 3. März 2026 um 10:12 Uhr schrieb Anna Berg <anna@shop.test>:",
        "Le mar. 3 mars 2026 à 10:12, Anna Berg <anna@shop.test> a écrit :",
        "El mar, 3 mar 2026 a las 10:12, Anna Berg (<anna@shop.test>) escribió:",
        "Il giorno mar 3 mar 2026 alle ore 10:12 Anna Berg <anna@shop.test> ha scritto:",
        "Em ter., 3 de mar. de 2026 às 10:12, Anna Berg <anna@shop.test> escreveu:",
        "Op di 3 mrt 2026 om 10:12 schreef Anna Berg <anna@shop.test>:",
        "Den tis 3 mars 2026 kl 10:12 skrev Anna Berg <anna@shop.test>:",
        "tir. 3. mar. 2026 kl. 10:12 skrev Anna Berg <anna@shop.test>:",
        "ti 3. maalisk. 2026 klo 10.12 Anna Berg (anna@shop.test) kirjoitti:",
        "wt., 3 mar 2026 o 10:12 Anna Berg <anna@shop.test> napisał(a):",
        "út 3. 3. 2026 v 10:12 odesílatel Anna Berg <anna@shop.test> napsal:",
        "вт, 3 мар. 2026 г. в 10:12, Anna Berg <anna@shop.test> написал(а):",
        "3 Mar 2026 Sal 10:12 tarihinde Anna Berg <anna@shop.test> şunu yazdı:",
        "Anna Berg <anna@shop.test> ezt írta (időpont: 2026. márc. 3., K, 10:12):",
        "Anna Berg <anna@shop.test> 于2026年3月3日周二 10:12写道：",
        "2026年3月3日(火) 10:12 Anna Berg <anna@shop.test>のメッセージ:",
        "2026년 3월 3일 (화) 오전 10:12, Anna Berg <anna@shop.test>님이 작성:"})
    void knows_how_a_reply_is_introduced_in_many_languages(String introduction) {
        var folded = QuoteFolding.fold("My order is still missing.\n\n" + introduction
                + "\n\n> Has it come?\n>\n> Anna\n");
        assertEquals("My order is still missing.", folded.visibleText());
        assertTrue(folded.foldedText().startsWith(introduction));
        assertTrue(folded.foldedText().contains("> Has it come?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "From: Anna Berg <anna@shop.test>\nSent: Tuesday, 3 March 2026 10:12\nTo: Bo\nSubject: Order 7",
        "Von: Anna Berg <anna@shop.test>\nGesendet: Dienstag, 3. März 2026 10:12\nAn: Bo\nBetreff: Bestellung 7",
        "De : Anna Berg <anna@shop.test>\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Bo\nObjet : Commande 7",
        "De: Anna Berg <anna@shop.test>\nEnviado el: martes, 3 de marzo de 2026 10:12\nPara: Bo\nAsunto: Pedido 7",
        "Van: Anna Berg <anna@shop.test>\nVerzonden: dinsdag 3 maart 2026 10:12\nAan: Bo\nOnderwerp: Bestelling 7",
        "От: Anna Berg <anna@shop.test>\nОтправлено: 3 марта 2026 г. 10:12\nКому: Bo\nТема: Заказ 7",
        "发件人: Anna Berg <anna@shop.test>\n发送时间: 2026年3月3日 10:12\n收件人: Bo\n主题: 订单7",
        "差出人: Anna Berg <anna@shop.test>\n送信日時: 2026年3月3日 10:12\n宛先: Bo\n件名: 注文7"})
    void knows_the_header_block_of_a_forwarded_mail(String headers) {
        var folded = QuoteFolding.fold("See below.\n\n________________________________\n" + headers
                + "\n\nHas it come?\n");
        assertEquals("See below.", folded.visibleText());
        assertTrue(folded.foldedText().contains("Has it come?"));
    }

    @Test void keeps_answers_between_quotations_visible_with_them() {
        var folded = QuoteFolding.fold(
                "Hello\n\nOn 3 Mar 2026 10:12, Anna <a@shop.test> wrote:\n> Colour?\n\nRed.\n\n> Size?\n\nLarge.\n");
        assertTrue(folded.visibleText().contains("> Colour?"));
        assertTrue(folded.visibleText().contains("Red."));
        assertTrue(folded.visibleText().contains("> Size?"));
        assertTrue(folded.visibleText().contains("Large."));
    }

    @Test void puts_the_signature_aside() {
        var folded = QuoteFolding.fold("Please call.\n\n-- \nBo Larsen\n+45 5555\n");
        assertEquals("Please call.", folded.visibleText());
        assertEquals("-- \nBo Larsen\n+45 5555", folded.signature());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sent from my iPhone", "Envoyé de mon iPhone", "Von meinem iPad gesendet",
            "Gesendet mit Outlook für Android", "Enviado desde mi Samsung Galaxy",
        "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "Отправлено с iPhone",
        "发自我的iPhone", "iPhoneから送信", "나의 iPhone에서 보냄"})
    void knows_a_phones_footer(String footer) {
        var folded = QuoteFolding.fold("Yes please\n\n" + footer + "\n");
        assertEquals("Yes please", folded.visibleText());
        assertEquals(footer, folded.signature());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sent by DHL yesterday, where is it?", "I wrote on Monday at 10:30 and nobody answered.",
            "From: nowhere to be seen", "I ordered on 12.05.2026.\nIt never came: why?",
        "a\n---\nb\n***\nc", "> just this quoted line", "The total was 5 > 3\nand that is wrong", ":-)", "👍",
        "- one\n- two"})
    void leaves_ordinary_words_alone(String text) {
        assertEquals(text, QuoteFolding.fold(text).visibleText());
    }

    @Test void loses_no_line_whatever_it_is_given() {
        var pieces = new String[] {"Hello", "", "> quoted", "-- ", "On 3 Mar 2026 10:12, A <a@b.test> wrote:",
                "From: A <a@b.test>", "To: B", "Subject: C", "Sent: 2026-03-03",
            "_____________", "----- Original Message -----", "Sent from my iPhone", "```", "C> x", ">", "—", "thanks",
            "2026-03-03 17:21 GMT+01:00 Some One"};
        var random = new Random(42);
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--)
                    text.append(pieces[random.nextInt(pieces.length)]).append('\n');
            var folded = QuoteFolding.fold(text.toString());
            long expected = count(text.toString());
            assertEquals(expected, count(folded.visibleText()) + count(folded.foldedText())
                    + count(folded.signature()), () -> "lines lost of\n" + text);
        }
    }

    @Test void is_quick_on_text_made_to_be_slow() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            QuoteFolding.fold(">".repeat(1_000_000));
            QuoteFolding.fold((">".repeat(300) + "\n").repeat(3_000));
            QuoteFolding.fold("On 1.1.2026 a <\n".repeat(100_000));
            QuoteFolding.fold((" ".repeat(400) + "x\n").repeat(5_000));
            QuoteFolding.fold("sent from ".repeat(40_000) + "\n" + "From: a\n".repeat(50_000));
            QuoteFolding.fold("-- \n".repeat(500_000));
            QuoteFolding.fold("a\n" + "-- \n>\n".repeat(200_000));
        });
    }

    private static long count(String text) {
        return Pattern.compile("[^\\s]").matcher(text).results().count();
    }
}
