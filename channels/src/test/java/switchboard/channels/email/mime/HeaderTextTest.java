package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A label means the same charset in headers, bodies and file names.
class HeaderTextTest {
    @ParameterizedTest
    @Tag("M15")
    @CsvSource({"gb2312,GB18030,朱镕基与陶喆的订单煊堃", "GBK,GB18030,喆镕堃", "gb_2312-80,GB18030,喆镕堃",
            "big5,Big5-HKSCS,嘅喺啲咗", "big5,x-windows-950,碁銹裏墻恒粧嫺", "cn-big5,Big5,發票",
            "shift_jis,windows-31j,①㈱髙﨑ﾊﾝｶｸ", "x-sjis,windows-31j,①㈱髙﨑", "euc-jp,x-eucJP-Open,①㈱髙﨑",
            "ks_c_5601-1987,x-windows-949,똠방각하 펲시콜라", "euc-kr,x-windows-949,똠방각하", "cp949,x-windows-949,뷁",
            "iso-8859-1,windows-1252,“5 €” – ok", "latin1,windows-1252,“5 €”", "iso-8859-9,windows-1254,“ğ”",
            "tis-620,x-windows-874,ใบแจ้งหนี้", "windows-1251,windows-1251,Счёт", "koi8-u,KOI8-U,Рахунок її",
            "x-mac-roman,x-MacRoman,Größe", "utf8,UTF-8,订单", "cp-1252,windows-1252,“5 €”", "utf-16,UTF-16,订单"})
    void one_table_reads_subject_sender_file_name_and_body(String label, String charset, String words) {
        var bytes = words.getBytes(Charset.forName(charset));
        var base64 = Base64.getEncoder().encodeToString(bytes);
        var word = "=?" + label + "?B?" + base64 + "?=";
        var mail = Raw.decode("From: " + word + " <a@b.test>\nSubject: " + word
                + "\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain; charset=\"" + label
                + "\"\nContent-Transfer-Encoding: base64\n\n" + base64
                + "\n--m\nContent-Type: application/pdf; name=\"" + word
                        + "\"\n\nx\n--m\nContent-Type: application/pdf\n"
                + "Content-Disposition: attachment; filename*=" + label + "''" + percent(bytes) + "\n\nx\n--m--\n");
        assertEquals(words, mail.subject());
        assertEquals(words, mail.from().orElseThrow().name());
        assertEquals(words, mail.text());
        assertEquals(words, mail.attachments().get(0).name());
        assertEquals(words, mail.attachments().get(1).name());
    }

    @ParameterizedTest
    @Tag("M15")
    @CsvSource({"utf-7,Hi +AKMBQg- +2D3eAA-,Hi £ł 😀", "unicode-1-1-utf-7,1 +- 1 +AOQ,1 + 1 ä",
            "hz-gb-2312,~{6)5%~} ~~,订单 ~", "iso-2022-jp,A\u001b$B-!\u001b(B\u001b(I1\u001b(B,A①ｱ",
            "iso-2022-kr,A\u001b$)C\u000e>H3g\u000f,A안녕"})
    void seven_bit_charsets_are_read_with_their_vendors_characters(String label, String sent, String words) {
        var mail = Raw.decode("From: a@b.test\nSubject: =?" + label + "?B?" + Base64.getEncoder().encodeToString(
                sent.getBytes(java.nio.charset.StandardCharsets.US_ASCII)) + "?=\nContent-Type: text/plain; charset="
                + label + "\n\n" + sent);
        assertEquals(words, mail.text());
        assertEquals(words, mail.subject());
    }

    @ParameterizedTest
    @Tag("M15")
    @CsvSource({"EUC-KR,안녕하세요 주문 문의", "GB18030,你好，订单有问题，请帮忙查一下", "Big5,您好，訂單有問題", "windows-31j,ご注文の件について",
            "windows-1251,Вопрос о заказе", "ISO-8859-2,Žluťoučký kůň"})
    void a_raw_subject_is_read_by_the_charset_that_only_the_body_names(String charset, String words) {
        var mail = new Raw().add("From: ").add(words, charset).add(" <a@b.test>\nSubject: ").add(words, charset)
                .add("\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain; charset=" + charset
                + "\nContent-Transfer-Encoding: 8bit\n\n").add(words, charset)
                .add("\n--m\nContent-Disposition: attachment; filename=\"").add(words, charset)
                .add(".pdf\"\n\nx\n--m--\n").decode();
        assertEquals(words, mail.subject());
        assertEquals(words, mail.from().orElseThrow().name());
        assertEquals(words, mail.text());
        assertEquals(words + ".pdf", mail.attachments().getFirst().name());
    }

    @ParameterizedTest
    @Tag("M15")
    @CsvSource({"GB18030,您好：我上周买的手机昨天收到了，但是屏幕有裂痕，请问可以退货吗？订单号是123。谢谢！",
            "windows-31j,お世話になっております。先日注文した商品がまだ届いていません。いつ頃届きますか。よろしくお願いします。",
            "EUC-JP,お世話になっております。先日注文した商品がまだ届いていません。いつ頃届きますか。よろしくお願いします。",
            "EUC-KR,안녕하세요. 지난주에 주문한 상품이 아직 도착하지 않았습니다. 언제 받을 수 있을까요? 감사합니다.",
            "Big5,您好：我上週買的手機昨天收到了，但是螢幕有裂痕，請問可以退貨嗎？訂單編號是一二三。謝謝！",
            "windows-1251,Здравствуйте! Мой заказ ещё не пришёл. Подскажите пожалуйста когда его ждать?",
            "KOI8-R,Здравствуйте! Мой заказ ещё не пришёл. Подскажите пожалуйста когда его ждать?",
            "ISO-2022-JP,お世話になっております。商品がまだ届いていません。",
            "windows-1252,Schöne Grüße aus München – können Sie mir bitte eine neue Rechnung über 5 € schicken?"})
    void a_body_without_a_label_is_detected_and_so_is_its_subject(String charset, String words) {
        for (var type : new String[] {"", "Content-Type: text/plain\n", "Content-Type: text/plain; charset=us-ascii\n",
                "Content-Type: text/plain; charset=unknown-8bit\n"}) {
            var mail = Raw.from("a@b.test").add("Subject: ").add(words.substring(0, 12), charset).add("\n" + type
                    + "\n").add(words, charset).decode();
            assertEquals(words, mail.text(), type);
            assertEquals(words.substring(0, 12).strip(), mail.subject(), type);
        }
    }

    @Test @Tag("M15")
    void the_meta_charset_of_html_tells_what_the_header_does_not() {
        for (var meta : new String[] {"<meta charset=gb2312>",
                "<META http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">"}) {
            var mail = Raw.from("a@b.test").add("Subject: ").add("订单", "gbk").add("\nContent-Type: text/html\n\n<html>"
                    + "<head>" + meta + "</head><p>").add("陶喆的订单", "gbk").decode();
            assertEquals("陶喆的订单", mail.text());
            assertEquals("订单", mail.subject());
        }
    }

    @Test @Tag("M15")
    void a_wrong_label_does_not_spoil_what_the_bytes_say() {
        assertEquals("你好，订单有问题", new Raw().add("From: a@b.test\nContent-Type: text/plain; charset=utf-8\n\n")
                .add("你好，订单有问题", "gbk").decode().text());
        assertEquals("Grüße", Raw.decode("From: a@b.test\nContent-Type: text/plain; "
                + "charset=iso-8859-1\n\nGrüße").text());
        assertEquals("Grüße \ufffd und mehr Grüße", new Raw().add("From: a@b.test\nContent-Type: text/plain; "
                + "charset=utf-8\n\nGrüße ").add(0xe2).add(" und mehr Grüße").decode().text());
    }

    @ParameterizedTest
    @Tag("M40")
    @CsvSource(delimiter = '|', value = {
        "=?utf-8?B?6K6i5Y2V6Q==?=\\n =?utf-8?B?l67popg=?=       | 订单问题",
        "=?gb2312?B?tqm1?=\\n =?gb2312?B?pc7KzOI=?=              | 订单问题",
        "=?utf-8?Q?=E8=AE?= =?utf-8?B?oumXrg==?=                 | 订问",
        "=?utf-8?Q?Hello world =E8=AE=A2?=                       | Hello world 订",
        "=?utf-8?Q?Hello?==?utf-8?Q?_there?=Re: =?utf-8?B?6K6i?=abc | Hello thereRe: 订abc",
        "=?utf-8*en?Q?Hello_=E8=AE=A2?=                          | Hello 订",
        "=?UTF-8?b?6K6i?= x =?UTF-8?q?=E8=AE=A2?=                | 订 x 订",
        "a =?utf-8?Q??= b                                        | a  b",
        "100 =? 5 ?= x                                           | 100 =? 5 ?= x",
        "=?utf-8?Q?open                                          | =?utf-8?Q?open",
        "=?utf-8?B?6K6i5Y2V6Z?= =?utf-8?B?eu6aKY?=               | 订单问题"})
    void characters_cut_between_encoded_words_are_joined(String subject, String words) {
        assertEquals(words, Raw.decode("From: a@b.test\nSubject: " + subject.replace("\\n", "\n")
                + "\n\nHi").subject());
    }

    @ParameterizedTest
    @Tag("M30")
    @CsvSource(delimiter = '|', value = {
        "aGVsbG8gcXVlc3Rpb24           | hello question", "aGVsbG8=\\nIHF1ZXN0aW9u      | hello question",
        "aGVsbG8gcXVlc3Rpb24x          | hello question1", "aGVsbG8gcXVlc3Rpb24xMg        | hello question12",
        "aGVs*bG8g!\\n cXVlc3Rpb24=\\n  | hello question", "aGVsbG8==IHF1ZXN0aW9u==       | hello question",
        "aGVsbG8gcXVlc3Rpb24=\\n--sent by x | hello question"})
    void base64_without_its_padding_loses_nothing(String sent, String words) {
        var text = Raw.decode("From: a@b.test\nContent-Transfer-Encoding: base64\n\n" + sent.replace("\\n",
                "\n")).text();
        assertEquals(words, text.length() > words.length() ? text.substring(0, words.length()) : text);
    }

    @Test @Tag("M30")
    void base64_without_its_padding_loses_nothing_in_headers() {
        var mail = Raw.decode("From: =?utf-8?B?TGEgUG9zdA?= <a@b.test>\nSubject: =?utf-8?B?TGEgUG9zdA?= "
                + "=?utf-8?B?ZQ?=\n"
                + "Content-Type: application/pdf; name=\"=?utf-8?B?TGEgUG9zdA?=\"\nContent-Transfer-Encoding: "
                        + "base64\n\nJVBERg");
        assertEquals("La Poste", mail.subject());
        assertEquals("La Post", mail.from().orElseThrow().name());
        assertEquals("La Post", mail.attachments().getFirst().name());
        assertEquals(4, mail.attachments().getFirst().size());
    }

    @ParameterizedTest
    @Tag("M54")
    @ValueSource(strings = {"Please call me back", "订单有问题"})
    void a_mail_of_a_subject_alone_keeps_it(String subject) {
        assertEquals(subject, Raw.decode("From: a@b.test\nSubject: " + subject
                + "\nContent-Type: text/plain\n\n").subject());
        assertEquals("scan.pdf", Raw.decode("From: a@b.test\nSubject: " + subject
                + "\nContent-Type: application/pdf; name=scan.pdf\n\nx").attachments().getFirst().name());
    }

    private static String percent(byte[] bytes) {
        var out = new StringBuilder();
        for (byte b : bytes) out.append('%').append(String.format("%02X", b & 0xff));
        return out.toString();
    }
}
