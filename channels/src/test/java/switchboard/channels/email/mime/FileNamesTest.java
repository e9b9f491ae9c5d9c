package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every file gets a readable name that shows its type.
class FileNamesTest {
    @ParameterizedTest
    @Tag("M52")
    @CsvSource(delimiter = '|', value = {
        "filename*=utf-8''%E8%AE%A2%E5%8D%95.pdf                                      | 订单.pdf",
        "filename*0*=utf-8''%E8%AE%A2%E5;\\n filename*1*=%8D%95.pdf                   | 订单.pdf",
        "filename*1*=%8D%95.pdf;\\n filename*0*=utf-8''%E8%AE%A2%E5                   | 订单.pdf",
        "filename*1=b.pdf; filename*0=a                                               | ab.pdf",
        "filename*2=.pdf; filename*0*=utf-8''%E8%AE%A2; filename*1=\" b\"             | 订 b.pdf",
        "filename=\"order.pdf\"; filename*=utf-8''%E8%AE%A2.pdf                       | 订.pdf",
        "filename=\"a;b.pdf\"                                                         | a;b.pdf",
        "filename=my order 1.pdf                                                      | my order 1.pdf",
        "filename=\"=?utf-8?B?6K6i5Y2V?=\\n =?utf-8?B?LnBkZg==?=\"                    | 订单.pdf",
        "filename==?utf-8?B?6K6i5Y2VLnBkZg==?=                                        | 订单.pdf",
        "filename=\"a \\\\\"b\\\\\".pdf\"                                             | a \"b\".pdf",
        "FileName = \"a.pdf\"                                                         | a.pdf",
        "filename=\"订单.pdf\"                                                        | 订单.pdf",
        "filename=订单.pdf                                                            | 订单.pdf",
        "filename*=UTF-8'zh'订单.pdf                                                  | 订单.pdf",
        "filename*=%E8%AE%A2.pdf                                                      | 订.pdf",
        "filename*=\"utf-8''%E8%AE%A2.pdf\"                                           | 订.pdf",
        "filename=\"100% sure.pdf\"                                                   | 100% sure.pdf",
        "filename=\"a.pdf; size=10                                                    | a.pdf",
        "filename=a.pdf; filename=b.pdf                                               | a.pdf"})
    void names_as_meant(String disposition, String name) {
        assertEquals(List.of(name), names("Content-Type: application/pdf\nContent-Disposition: attachment; "
                + disposition.replace("\\\\", "\\").replace("\\n", "\n") + "\n"));
    }

    @ParameterizedTest
    @Tag("M32")
    @CsvSource(delimiter = '|', value = {
        "application/pdf                             | attachment-1.pdf", "image/jpeg            | image-1.jpg",
        "text/calendar; method=REQUEST               | invite.ics",       "application/x-odd    | attachment-1",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | attachment-1.xlsx",
        "application/octet-stream                    | attachment-1",     "text/csv             | attachment-1.csv",
        "message/rfc822                              | message.eml",      "text/plain           | attachment-1.txt",
        "image/png; name=\"\"                        | image-1.png",      "audio/ogg; name=\" \" | attachment-1.ogg",
        "application/pdf; name=\"..\"                | attachment-1.pdf", "application/pgp-signature | signature.asc"})
    void a_file_without_a_name_gets_one_by_what_it_is(String type, String name) {
        assertEquals(List.of(name), names("Content-Type: " + type + "\nContent-Disposition: attachment\n"));
    }

    @Test @Tag("M32")
    void files_without_names_are_told_apart() {
        var part = "--m\nContent-Type: application/pdf\n\nx\n";
        assertEquals(List.of("attachment-1.pdf", "attachment-2.pdf"), Raw.decode("From: a@b.test\nContent-Type: "
                + "multipart/mixed; boundary=m\n\n" + part + part + "--m--\n").attachments().stream()
                .map(Attachment::name).toList());
    }

    @Test @Tag("M32")
    void the_forms_of_one_text_that_only_other_programs_show_are_no_files() {
        var mail = Raw.decode("From: a@b.test\nContent-Type: multipart/alternative; boundary=m\n\n--m\nContent-Type: "
                + "text/plain\n\nHello\n--m\nContent-Type: text/x-amp-html\n\n<html "
                        + "amp4email>Hello\n--m\nContent-Type: "
                + "text/watch-html\n\n<b>Hello\n--m\nContent-Type: text/html\n\n<p>Hello\n--m--\n");
        assertEquals(List.of(), mail.attachments());
        assertEquals("Hello", mail.text());
    }

    @ParameterizedTest
    @Tag("M32")
    @CsvSource(delimiter = '|', value = {
        "invoice\u202efdp.exe | invoicefdp.exe", "\u2066a\u2069.pdf | a.pdf", "a\u200f\u200e.pdf | a.pdf",
        "C:\\Users\\lin\\order.pdf | order.pdf", "C:\\\\Users\\\\lin\\\\order.pdf | order.pdf",
        "\\\\server\\share\\order.pdf | order.pdf", "/srv/lin/order.pdf | order.pdf",
        "C:/files/lin/order.pdf | order.pdf", "../../etc/order.pdf | order.pdf",
                "Invoice 3/2026.pdf | Invoice 3_2026.pdf",
        "a\u0007b.pdf | ab.pdf", "a\u200bb.pdf | ab.pdf", " a.pdf\u00a0 | a.pdf", "C:\\Users\\lin\\ | attachment-1.pdf",
        "D:\\单据\\订单.pdf | 订单.pdf"})
    void no_name_is_a_path_or_shows_its_end_turned_round(String sent, String name) {
        assertEquals(List.of(name), names("Content-Type: application/pdf\nContent-Disposition: attachment; filename=\""
                + sent + "\"\n"));
    }

    @Test @Tag("M32")
    void a_very_long_name_keeps_its_end() {
        var name = names("Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"" + "订".repeat(400)
                + ".pdf\"\n").getFirst();
        assertTrue(name.length() <= 255 && name.endsWith("订.pdf"), name);
    }

    private static List<String> names(String header) {
        return Raw.decode("From: a@b.test\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: "
                + "text/plain\n\n"
                + "see file\n--m\n" + header + "\nx\n--m--\n").attachments().stream().map(Attachment::name).toList();
    }
}
