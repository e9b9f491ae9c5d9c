package switchboard.gateway.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Mails as a help desk gets them, the same ones every time: plain with a quote, text beside HTML, Chinese, with a
/// picture, and a delivery report.
final class MailShapes {
    private static final int OF_EACH = 40;
    private static final int PICTURE_BYTES = 150_000;
    private static final String[] WORDS = ("thank you for the parcel which came on Monday although one of the two "
            + "lamps does not work and the cable is shorter than your page says could you send another one").split(" ");
    private static final String[] CHINESE = "您好 我上周 买的灯 收到了 但是 有一盏 不亮 请问 可以 换货 吗 谢谢".split(" ");

    private MailShapes() {}

    static List<MailBench.Raw> mails() {
        var random = new Random(1);
        var mails = new ArrayList<MailBench.Raw>();
        for (int i = 0; i < OF_EACH; i++) {
            var quote = words(random, WORDS, 150);
            var said = words(random, WORDS, 120);
            mails.add(mail("quote", i, "text/plain; charset=utf-8", said
                    + "\r\n\r\nOn Mon, 4 May 2026 Support wrote:\r\n> " + quote.replace("\r\n", "\r\n> ")));
            mails.add(mail("html", i, "multipart/alternative; boundary=b", part("text/plain; charset=utf-8", said)
                    + part("text/html; charset=utf-8", html(said, quote)) + "--b--\r\n"));
            mails.add(mail("chinese", i, "text/plain; charset=gb18030\r\nContent-Transfer-Encoding: base64",
                    lines(words(random, CHINESE, 200).getBytes(java.nio.charset.Charset.forName("GB18030")))));
            var picture = new byte[PICTURE_BYTES];
            random.nextBytes(picture);
            mails.add(mail("picture", i, "multipart/mixed; boundary=b", part("text/plain", said)
                    + part("image/jpeg; name=\"lamp.jpg\"\r\nContent-Disposition: attachment; filename=\"lamp.jpg\"\r\n"
                    + "Content-Transfer-Encoding: base64", lines(picture)) + "--b--\r\n"));
            mails.add(mail("report", i, "multipart/report; report-type=delivery-status; boundary=b",
                    part("text/plain", "Your message could not be delivered.\r\n")
                    + part("message/delivery-status", "Reporting-MTA: dns; mx.example.test\r\n\r\n"
                    + "Final-Recipient: rfc822; gone" + i + "@example.test\r\nAction: failed\r\nStatus: 5.1.1\r\n")
                    + part("message/rfc822", "Message-ID: <sent" + i + "@desk.test>\r\nSubject: Your order\r\n\r\n"
                    + quote)
                    + "--b--\r\n"));
        }
        return mails;
    }

    private static MailBench.Raw mail(String shape, int i, String type, String body) {
        var text = "Received: from mail.example.test by mx.desk.test; Mon, 4 May 2026 10:00:00 +0000\r\n"
                + "From: =?utf-8?B?5bCP5piO?= <customer" + i + "@example.test>\r\nTo: support@desk.test\r\n"
                + "Date: Mon, 4 May 2026 10:00:00 +0000\r\nMessage-ID: <" + shape + i + "@example.test>\r\n"
                + "References: <a@desk.test>\r\n <b@desk.test>\r\nSubject: =?utf-8?Q?Caf=C3=A9_lamp?= " + i
                + "\r\nMIME-Version: 1.0\r\nContent-Type: " + type + "\r\n\r\n" + body;
        return new MailBench.Raw(shape + "-" + i, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String type, String body) {
        return "--b\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n";
    }

    private static String html(String said, String quote) {
        return "<html><head><style>p { margin: 0 }</style></head><body><div dir=\"ltr\"><p>"
                + said.replace("\r\n", "</p>\r\n<p>") + "</p></div><blockquote type=\"cite\"><table><tr><td>"
                + quote.replace("\r\n", "<br>\r\n") + "</td></tr></table></blockquote></body></html>";
    }

    private static String lines(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes) + "\r\n";
    }

    private static String words(Random random, String[] words, int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(words[random.nextInt(words.length)]).append(i % 12 == 0 ? "\r\n" : " ");
        }
        return text.toString();
    }
}
