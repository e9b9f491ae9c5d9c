package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Senders and recipients as real mail programs write them.
class AddressesTest {
    @ParameterizedTest
    @Tag("M01")
    @ValueSource(strings = {"王小明", "\"王小明\"", "Žofie Dvořáková", "山田太郎株式会社カスタマーサポート", "Нина", "😀", "\"Q・Q 王\""})
    void a_raw_name_in_any_script_takes_nothing_from_the_address(String name) {
        var mail = Raw.decode("From: " + name + " <wang@kunde.test>\nTo: " + name + " <support@demo.test>, " + name
                + " <second@demo.test>\nCc: " + name + " <copy@demo.test>\nReply-To: " + name
                + " <answer@kunde.test>\n\nHi");
        assertEquals(new MailAddress(name.replace("\"", ""), "wang@kunde.test"), mail.from().orElseThrow());
        assertEquals(List.of("support@demo.test", "second@demo.test"), addresses(mail.to()));
        assertEquals(List.of("copy@demo.test"), addresses(mail.cc()));
        assertEquals(List.of("answer@kunde.test"), addresses(mail.replyTo()));
    }

    @Test @Tag("M01")
    void a_raw_name_in_the_senders_own_charset_is_read_by_the_charset_of_the_body() {
        var mail = new Raw().add("From: ").add("王小明", "gbk").add(" <wang@kunde.test>\n"
                + "Content-Type: text/plain; charset=gb2312\n\n").add("您好", "gbk").decode();
        assertEquals(new MailAddress("王小明", "wang@kunde.test"), mail.from().orElseThrow());
    }

    @Test @Tag("M01")
    void a_raw_name_in_the_address_itself_is_kept() {
        assertEquals("王@客户.test", Raw.decode("From: 王 <王@客户.test>\n\nHi").from().orElseThrow().address());
    }

    @ParameterizedTest
    @Tag("M07")
    @CsvSource(delimiter = '|', value = {
        "ann@kunde.test <ann@kunde.test>           | ann@kunde.test | ann@kunde.test",
        "\"Ann Lee <ann@kunde.test>                | Ann Lee        | ann@kunde.test",
        "=?utf-8?Q?Ann_=3Cann=40kunde.test=3E?=    | Ann            | ann@kunde.test",
        "=?utf-8?B?QW5uIDxhbm5Aa3VuZGUudGVzdD4=?=  | Ann            | ann@kunde.test",
        "Ann <<ann@kunde.test>>                    | Ann            | ann@kunde.test",
        "Ann ann@kunde.test                        | Ann            | ann@kunde.test",
        "Ann <mailto:ann@kunde.test>               | Ann            | ann@kunde.test",
        "Ann [mailto:ann@kunde.test]               | Ann            | ann@kunde.test",
        "'ann@kunde.test'                          | ''             | ann@kunde.test",
        "'\"ann@kunde.test\"'                      | ''             | ann@kunde.test",
        "'ann@kunde.test' <ann@kunde.test>         | ann@kunde.test | ann@kunde.test",
        "Ann (Shop) <ann@kunde.test>               | Ann            | ann@kunde.test",
        "Ann: Sales <ann@kunde.test>               | Sales          | ann@kunde.test",
        "Ann @ Shop <ann@kunde.test>               | Ann @ Shop     | ann@kunde.test",
        "Ann, Shop; Berlin <ann@kunde.test>        | Ann, Shop; Berlin | ann@kunde.test",
        "Ann \\\"The Boss\\\" Lee <ann@kunde.test> | Ann \"The Boss\" Lee | ann@kunde.test",
        "Ann <ann@kunde.test>;                     | Ann            | ann@kunde.test",
        "<ann@kunde.test> Ann                      | Ann            | ann@kunde.test",
        "Ann < ann@kunde.test >                    | Ann            | ann@kunde.test",
        "Ann <ann@kunde.test.>                     | Ann            | ann@kunde.test",
        "Ann <@relay.test,@next.test:ann@kunde.test> | Ann          | ann@kunde.test",
        "Ann <\"ann\"@kunde.test>                  | Ann            | ann@kunde.test"})
    void the_loose_forms_of_real_programs_name_one_sender(String from, String name, String address) {
        var mail = Raw.decode("From: " + from + "\nReply-To: " + from + "\nTo: " + from + "\nCc: x@y.test, " + from
                + "\n\nHi");
        assertEquals("", mail.quarantineReason().orElse(""));
        assertEquals(new MailAddress(name, address), mail.from().orElseThrow());
        assertEquals(List.of(address), addresses(mail.replyTo()));
        assertEquals(List.of(address), addresses(mail.to()));
        assertEquals(List.of("x@y.test", address), addresses(mail.cc()));
    }

    @Test @Tag("M07")
    void a_name_that_is_another_address_is_only_a_name_and_is_flagged() {
        var mail = Raw.decode("From: boss@demo.test <eve@x.test>\n\nHi");
        assertEquals("eve@x.test", mail.from().orElseThrow().address());
        assertTrue(mail.warnings().contains("name-looks-like-other-address"));
    }

    @ParameterizedTest
    @Tag("M07")
    @ValueSource(strings = {"a@x.test b@y.test", "<a@x.test> <b@y.test>", "=?utf-8?Q?a=40x.test?=",
            "a@x.test; b@y.test",
            "=?utf-8?Q?A_=3Ca=40x.test=3E,_B_=3Cb=40y.test=3E?="})
    void what_two_programs_read_differently_names_nobody(String from) {
        assertTrue(Raw.decode("From: " + from + "\n\nHi").from().isEmpty(), from);
    }

    @ParameterizedTest
    @Tag("M51")
    @CsvSource(delimiter = '|', value = {
        "Lee, Ann <ann@kunde.test>                 | Lee, Ann | ann@kunde.test",
        "=?utf-8?Q?Lee,_Ann?= <ann@kunde.test>     | Lee, Ann | ann@kunde.test",
        "Ann <ann@kunde.test                       | Ann      | ann@kunde.test",
        "=?gb2312?B?zfXQocP3?=<ann@kunde.test>     | 王小明   | ann@kunde.test",
        "ann@kunde.test (Ann Lee)                  | Ann Lee  | ann@kunde.test",
        "a@kunde.test, ann@kunde.test              | ''       | ann@kunde.test"})
    void odd_but_readable_senders(String from, String name, String address) {
        var mail = Raw.decode("From: " + from + "\nSender: ann@kunde.test\n\nHi");
        assertEquals(new MailAddress(name, address), mail.from().orElseThrow());
    }

    @ParameterizedTest
    @Tag("M45")
    @ValueSource(strings = {"\"=?utf-8?B?A?=\" <ann@kunde.test>", "\"=?utf-8?B?TGE=x==?=\" <ann@kunde.test>",
            "\"=?utf-8?B?====?=\" <ann@kunde.test>", "=?utf-8?B?TGE=x?= <ann@kunde.test>",
            "=?nonsense?B?TGE=?= <ann@kunde.test>", "=?utf-8?Q?=C3?= <ann@kunde.test>", "=?? <ann@kunde.test>"})
    void a_broken_encoded_word_costs_no_address(String from) {
        var mail = Raw.decode("From: " + from + "\nCc: " + from + "\n\nHi");
        assertEquals("ann@kunde.test", mail.from().orElseThrow().address());
        assertEquals(List.of("ann@kunde.test"), addresses(mail.cc()));
    }

    @Test void lists_and_groups_are_read_in_order() {
        assertEquals(List.of("a@x.test", "b@x.test", "c@x.test", "d@x.test"), addresses(Raw.decode(
                "From: f@x.test\nTo: a@x.test; \"B, b\" <b@x.test>,, Team: c@x.test, <d@x.test>;,"
                + " undisclosed-recipients:;\n\nHi").to()));
    }

    @Test void no_field_takes_long_to_read() {
        for (var piece : List.of("(", "<", "\"", "a@b ", ":", ",", "=?utf-8?Q?=C3?= ", "x <", "\\", "a@b.test <")) {
            var mail = "From: a@b.test\nTo: " + piece.repeat(200_000 / piece.length()) + "\n\nHi";
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Raw.decode(mail), piece);
        }
    }

    private static List<String> addresses(List<MailAddress> list) {
        return list.stream().map(MailAddress::address).toList();
    }
}
