package switchboard.channels.email.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What agents see of a mail: everything that its author wrote, and little else.
class ReplyPartsTest {
    private static String visible(String text) {
        return QuoteFolding.fold(text).visibleText();
    }

    @ParameterizedTest @Tag("M09")
    @ValueSource(strings = {
        "Please reinstall Outlook for me, it crashes.", "Outlook asks for my password every hour.",
        "Sent by mail on Monday but nobody called back.", "Sent by mail last week.",
        "Replied by phone yesterday, please close the ticket and refund 20 EUR.",
        "Ich habe das Foto gesendet, aber das Handy zeigt weiter einen Fehler.",
        "Gesendet wurde das Paket an mein altes Handy.", "Foto mit dem Handy gesendet",
        "Enviado por correo el lunes, pero el móvil sigue roto.",
                "Envoyé par mail lundi, pas de réponse sur mon portable.",
        "Sent from my desk, it is easier than from my phone.", "Sent with the wrong phone, please exchange it.",
        "Written on the box was: iPhone 12", "我的手机收不到验证码，请帮忙", "我从手机发送了照片，但是没有回复",
        "iPhone から送信できません。", "Mail for Anna has come back.", "Отправлено вчера с почты, телефон не отвечает?"})
    void aSentenceThatSpeaksOfPhonesOrSendingIsNoFooter(String sentence) {
        for (var text : new String[] {"Hello,\n\n" + sentence, "Hello,\n\nmy problem is:\n" + sentence, sentence}) {
            assertEquals(text, visible(text));
        }
    }

    @ParameterizedTest @Tag("M09")
    @ValueSource(strings = {"Sent from my iPhone", "Sent from my Wiko RIDGE FAB 4G", "Sent from Yahoo Mail on Android",
            "Sent via BlackBerry", "Sent with Proton Mail secure email.", "Get Outlook for iOS<https://aka.ms/x>",
            "Sent from my iPhone. Please excuse typos.", "Von meinem iPad gesendet", "Gesendet von Outlook für Android",
            "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "Envoyé à partir de Outlook",
            "Télécharger Outlook pour Android", "Provenance : Courrier pour Windows 10", "Enviado do meu iPhone",
            "Enviado desde mi Huawei", "Inviato da Posta per Windows", "Verstuurd vanaf mijn iPad",
            "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a",
            "Odesláno z iPhonu", "Trimis de pe iPhone-ul meu", "Отправлено из Яндекс.Почты для Android-телефона",
            "Надіслано з iPhone", "Изпратено от iPhone", "Στάλθηκε από το iPhone μου", "iPhone'umdan gönderildi",
            "נשלח מה-iPhone שלי", "أُرسلت من الـ iPhone", "iPhoneから送信", "나의 iPhone에서 보냄", "发自我的iPhone",
            "發自我的 iPhone", "从我的华为手机发送", "Đã gửi từ iPhone của tôi", "Dikirim dari iPhone saya"})
    void aFooterInTheFormThatProgramsWriteIsNoPartOfTheReply(String footer) {
        var folded = QuoteFolding.fold("Yes please\n\n" + footer + "\n");
        assertEquals("Yes please", folded.visibleText());
        assertEquals(footer, folded.signature());
    }

    @ParameterizedTest @Tag("M10")
    @ValueSource(strings = {
        "Hello, please change my booking:\n\nFrom: London\nTo: Paris\nDate: 12 May\n\nTell me the new price.",
        "Bitte buchen Sie um:\n\nVon: Berlin\nNach: Hamburg\nDatum: 12. Mai\nAn: Frau Muster\n\nBitte bestätigen.",
        "De: Madrid\nPara: Sevilla\nFecha: 3 de mayo\nHora: 10:30\n\n¿Cuánto cuesta?",
        "From: Gate A\nTo: Gate B\nDate: Monday 10:30\n\nIs there a shuttle?",
        "My form:\n\nName: Mia\nDate: 12 May 2026 10:30\nSubject: Order 7\n\nWhere is it?",
        "Interview:\n\nDate: Wednesday 3, October\nTime: 7:00\nAddress: 130 Fox St\n\nPlease bring your ID.",
        "发件地址: 上海\n收件人: 王先生\n时间: 5月12日\n\n请问多少钱？"})
    void linesThatNamePlacesAndDaysAreTheRequestItself(String text) {
        assertEquals(text, visible(text));
    }

    @Test @Tag("M27")
    void severalRulesPartSectionsAndADemandUnderDashesIsOne() {
        for (var text : new String[] {
            "One: the printer\n________________________________\n\nTwo: the scanner does not work\n"
                    + "________________________________\n\nThree: send an engineer",
            "Hello\n\n--\n\nThe order 4711 is wrong.\nPlease send the right one.",
            "Hello\n\n--\nCan you call me back?", "Hello\n--\nPlease cancel my contract",
            "First the invoice.\n----------\nThen the delivery.\n----------\nAt last the refund.",
            "您好\n\n--\n\n订单4711错了，请重新发货。"}) {
            assertEquals(text, visible(text));
        }
        assertEquals("--\nBo Larsen\n+45 5555", QuoteFolding.fold("Please call.\n\n--\nBo Larsen\n+45 "
                + "5555").signature());
        assertEquals("________\nBo Larsen\nAcme", QuoteFolding.fold("Please call.\n\n________\nBo Larsen\nAcme")
                .signature());
    }

    @ParameterizedTest @Tag("M48")
    @ValueSource(strings = {
        "------------------ 原始邮件 ------------------\n发件人: \"客服\" <help@desk.test>;\n发送时间: 2026年3月9日(星期一) 下午3:20\n"
                + "收件人: \"Lin\"<lin@home.test>;\n主题: 回复：订单\n\n您好",
        "---原始邮件---\n发件人:\"客服\"<help@desk.test>\n发送时间:2026年3月9日(星期一) 下午3:20\n收件人:\"Lin\"<lin@home.test>;\n"
                + "主题:Re: 订单\n\n您好",
        "在 2026-03-09 15:20:11，\"客服\" <help@desk.test> 写道：\n\n您好",
        "发件人： 客服\n发送时间： 2026-03-09 15:20\n收件人： 林\n主题： Re: 订单\n您好",
        "> -----原始邮件-----\n> 发件人: \"客服\" <help@desk.test>\n> 发送时间: 2026-03-09 15:20:11 (星期一)\n> 主题: Re: 订单\n>\n> 您好",
        "> 在 2026年3月9日，15:20，客服 <help@desk.test> 写道：\n>\n> 您好",
        "客服 <help@desk.test> 於 2026年3月9日 週一 下午3:20寫道：\n\n> 您好",
        "> 发件人: \"客服\"<help@desk.test>\n> 日期:  2026年3月9日 周一 15:20\n> 主题:  回复: 订单\n> 您好"})
    void chineseProgramsQuotationsAreFolded(String quotation) {
        assertEquals("收到了。", visible("收到了。\n\n\n" + quotation));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "On 3 Mar 2026 at 10:12, Anna Berg <anna@shop.test>:", "Tue, 3 Mar 2026 10:12 Anna Berg <anna@shop.test>:",
        "10:12 AM, March 3, 2026, \"Anna - Shop\" <anna@shop.test>:",
        "Tuesday, 3 March 2026, 10:12 AM +0300 from anna@shop.test <anna@shop.test>:",
        "вт, 3 мар. 2026 г. в 10:12, Anna Berg <anna@shop.test>:",
        "Вторник, 3 марта 2026, 10:12 +03:00 от Анна <anna@shop.test>:",
        "mar. 3 mars 2026 à 10:12, Anna Berg <anna@shop.test> :",
                "am Di., 3. März 2026 um 10:12 Uhr Anna <anna@shop.test>:",
        "2026-03-03 10:12 GMT+01:00 Anna Berg <anna@shop.test>:", "Anna Berg <anna@shop.test>, 3 Mar 2026 10:12:",
        "On 3-Mar-2026, at 10:12 AM, Anna Berg <anna@shop.test> sent:",
        "On Tue, 3 Mar 2026 at 10:12 AM, Anna Berg from the Shop and Support Team\n<anna@shop.test> wrote:",
        "On Mar 3, 2026, at 10:12 AM, Anna <\n416ffd3258d4d2fa4c85cfa4@shop.test>\nwrote:",
        "------- On 3/3/2026 10:12, Anna Berg wrote -------",
                "Vào 10:12 3 tháng 3, 2026, Anna <anna@shop.test> đã viết:"})
    void anAttributionIsKnownByItsShapeWithAVerbOrWithout(String attribution) {
        assertEquals("My order is missing.", visible("My order is missing.\n\n" + attribution + "\n\nHas it come?\n"));
        assertEquals("My order is missing.", visible("My order is missing.\n\n" + attribution + "\n> Has it come?\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "De : Anna <anna@shop.test>\nEnvoyé le :mardi 3 mars 2026 10:12\nÀ : bo@home.test\nObjet :Commande",
        "Message du : 03/03/2026 10:12\nDe : \"Anna \" <anna@shop.test>\nA : bo@home.test\nCopie à :\nSujet : Commande",
        "Fra: Anna <anna@shop.test>\nSendt: 3. marts 2026 10:12\nTil: Bo\nEmne: Ordre",
        "Lähettäjä: Anna <anna@shop.test>\nLähetetty: 3. maaliskuuta 2026 10:12\nVastaanottaja: Bo\nAihe: Tilaus",
        "Od: Anna <anna@shop.test>\nWysłano: wtorek, 3 marca 2026 10:12\nDo: Bo\nTemat: Zamówienie",
        "Od: Anna <anna@shop.test>\nOdesláno: 3. března 2026 10:12\nKomu: Bo\nPředmět: Objednávka",
        "Od: Anna <anna@shop.test>\nOdoslané: 3. marca 2026 10:12\nKomu: Bo\nPredmet: Objednávka",
        "Feladó: Anna <anna@shop.test>\nElküldve: 2026. március 3. 10:12\nCímzett: Bo\nTárgy: Rendelés",
        "De la: Anna <anna@shop.test>\nTrimis: 3 martie 2026 10:12\nCătre: Bo\nSubiect: Comanda",
        "Від: Anna <anna@shop.test>\nНадіслано: 3 березня 2026 10:12\nКому: Bo\nТема: Замовлення",
        "От: Anna <anna@shop.test>\nИзпратено: 3 март 2026 10:12\nДо: Bo\nОтносно: Поръчка",
        "Από: Anna <anna@shop.test>\nΣτάλθηκε: 3 Μαρτίου 2026 10:12\nΠρος: Bo\nΘέμα: Παραγγελία",
        "Kimden: Anna <anna@shop.test>\nGönderildi: 3 Mart 2026 10:12\nKime: Bo\nKonu: Sipariş",
        "מאת: Anna <anna@shop.test>\nנשלח: 3 מרץ 2026 10:12\nאל: Bo\nנושא: הזמנה",
        "من: Anna <anna@shop.test>\nتم الإرسال: 3 مارس 2026 10:12\nإلى: Bo\nالموضوع: طلب",
        "差出人: Anna <anna@shop.test>\n日付: 2026年3月3日 10:12\n宛先: Bo\n件名: 注文",
        "보낸 사람: Anna <anna@shop.test>\n보낸 날짜: 2026년 3월 3일 10:12\n받는 사람: Bo\n제목: 주문",
        "Từ: Anna <anna@shop.test>\nĐã gửi: 3 tháng 3 2026 10:12\nĐến: Bo\nChủ đề: Đơn hàng",
        "Dari: Anna <anna@shop.test>\nTanggal: 3 Maret 2026 10:12\nKepada: Bo\nPerihal: Pesanan",
        "*From:* Anna <anna@shop.test>\n*Sent:* Tuesday, 3 March 2026 10:12\n*To:* Bo\n*Subject:* Order"})
    void aHeaderBlockIsKnownInEveryLanguageWithOrWithoutSpaces(String headers) {
        assertEquals("See below.", visible("See below.\n\n" + headers + "\n\nHas it come?\n"));
        assertEquals("See below.", visible("See below.\n\n" + headers.replaceAll(" ?: ?(?!\\d\\d)", ":")
                + "\n\nHas it come?\n"));
    }

    @Test void aLineThatAProgramBrokeOffWithinAQuotationIsPartOfIt() {
        assertEquals("Thanks.", visible("Thanks.\n\nOn 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n"
                + "> The parcel has been handed to the carrier and should arrive at your add\nress soon.\n>\n> "
                        + "Anna\n"));
        assertEquals("Thanks.", visible("Thanks.\n\nOn 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n"
                + "> View it (http://shop.test/order\n?id=7)\n>\n> Anna\n"));
    }

    @Test void aListsFooterBelowAQuotationIsNoAnswer() {
        assertEquals("Thanks.", visible("Thanks.\n\nOn 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n> Done.\n\n"
                + "__\nshop-users mailing list\nshop-users@lists.shop.test\n"
                + "https://lists.shop.test/listinfo/shop-users\n"));
    }

    @Test void whatFollowsAShortenedQuotationStaysVisible() {
        for (var shortened : new String[] {"[...]", "[…]", "(...)", "[snip]", "...", "> [...]"}) {
            assertEquals("It has not come.", visible("On 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n" + shortened
                    + "\n\nIt has not come.\n"), shortened);
            assertEquals("Hello,\n\nIt has not come.", visible("Hello,\n\nOn 3 Mar 2026 10:12, Anna <anna@shop.test> "
                    + "wrote:\n" + shortened + "\n\nIt has not come.\n").replaceAll("\n{3,}", "\n\n"), shortened);
        }
    }

    @Test void whatFollowsAQuotationStaysVisible() {
        var quotation = "On 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n> Has it come?\n>\n> Anna\n";
        assertEquals("It has not.", visible(quotation + "\nIt has not.\n"));
        assertEquals("Hello Anna,\n\nIt has not.\n\nBo",
                visible("Hello Anna,\n\n" + quotation + "\nIt has not.\n\nBo\n").replaceAll("\n{3,}", "\n\n"));
        var cited = "Anna <anna@shop.test> writes on 3 Mar 2026 10:12:\n\n";
        for (var prefix : new String[] {"AB> ", "    AB> ", "Anna> ", "    Anna> "}) {
            var text = visible("Hello,\n\n" + cited + prefix + "Has it come?\n\nIt has not.\n\n" + prefix
                    + "Size?\n\nLarge.\n");
            assertTrue(text.contains("It has not.") && text.contains("Large.") && text.contains("Hello,"), text);
        }
    }

    @Test void wordsOnTheLineOfAnAttributionStayVisible() {
        for (var shared : new String[] {"It has not", "it has not - really ---"}) {
            assertTrue(visible("Hello,\n" + shared + " On Tue, Mar 3, 2026 at 10:12 AM, anna@shop.test "
                    + "wrote:\n> Has it?")
                    .contains(shared), shared);
        }
    }

    @Test void aDigestAndAnArticleStayWhole() {
        var digest = "Today's topics\n\n----------------------------------------\n\nDate: Mon, 2 Mar 2026 "
                + "10:12:00 +0100\n"
                + "From: Anna <anna@shop.test>\nSubject: Bags\n\nThe bags are "
                        + "here.\n\n------------------------------\n\n"
                + "Date: Tue, 3 Mar 2026 10:12:00 +0100\nFrom: Bo <bo@home.test>\nSubject: Shoes\n\nThe shoes too.";
        assertEquals(digest, visible(digest));
        var list = "Today's topics\n\nMessage: 1\nDate: Mon, 2 Mar 2026 10:12:00 +0100\nFrom: Anna <anna@shop.test>\n"
                + "To: users@lists.shop.test\nSubject: Bags\nMessage-ID: <a@shop.test>\n\nThe bags are here.";
        assertEquals(list, visible(list));
    }

    @Test void aMailWhoseReplyWouldBeEmptyShowsAll() {
        for (var text : new String[] {
            "Sent from my iPhone\n\nBegin forwarded message:\n\n> From: Anna <anna@shop.test>\n> Date: 3 Mar "
                    + "2026 10:12\n"
                    + "> To: Bo <bo@home.test>\n> Subject: Order\n>\n> Has it come?",
            "On 3 Mar 2026 10:12, Anna <anna@shop.test> wrote:\n> Has it come?", "-- \nBo Larsen",
                    "Sent from my iPhone",
            "> all\n> quoted"}) {
            assertEquals(text, visible(text));
            assertEquals("", QuoteFolding.fold(text).foldedText() + QuoteFolding.fold(text).signature());
        }
        assertTrue(visible("---------- Forwarded message ---------\nFrom: Anna <anna@shop.test>\nDate: 3 Mar "
                + "2026 10:12\n"
                + "Subject: Order\nTo: Bo <bo@home.test>\n\nHas it come?").contains("Has it come?"));
    }

    @ParameterizedTest @Tag("M04")
    @ValueSource(strings = {
        "I wrote to sales@shop.test and got this back, please help:\n\nThe address failed.",
        "As I wrote on 12.05.2026 at 10:30:\n\nIt does not work.",
        "Please send it on 12.05.2026 at 10:30 to the following address bo@home.test:\n\nMain Street 1",
        "On 12 May 2026 you wrote to anna@shop.test that all is well:\n\nIt is not.",
        "Am 12.05.2026 schrieb ich an info@shop.test folgendes:\n\nDas Paket fehlt.",
        "The log of 2026-03-03 10:12 says:\n\nerror 5"})
    void aSentenceThatEndsInAColonIntroducesTheAuthorsOwnWords(String text) {
        assertEquals(text, visible(text));
        assertFalse(visible("Hello\n\n" + text).equals("Hello"));
        assertEquals("Hello\n\n" + text, visible("Hello\n\n" + text));
    }
}
