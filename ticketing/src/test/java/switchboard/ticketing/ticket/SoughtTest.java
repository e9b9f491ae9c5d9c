package switchboard.ticketing.ticket;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("U14")
class SoughtTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            fat bike                        | fat bike             | ~~
            "fat bike"                      | "fat bike"           | ~~
            status:open                     | ~~                   | status[open]
            STATUS:Open refund              | refund               | status[open]
            refund status: open             | refund               | status[open]
            status：open                     | ~~                   | status[open]
            状态:未结 退款                    | 退款                  | status[open]
            状态：已解决                      | ~~                   | status[solved]
            status:closed                   | ~~                   | status[solved]
            status:open,pending             | ~~                   | status[open, pending]
            status:open status:pending      | ~~                   | status[open] status[pending]
            -status:solved buckle           | buckle               | -status[solved]
            channel:email                   | ~~                   | channel[email]
            渠道:短信、电话                    | ~~                   | channel[sms, phone]
            channel:mail                    | ~~                   | channel[email]
            tag:vip tag:"late parcel"       | ~~                   | tag[vip] tag[late parcel]
            标签:退款                         | ~~                   | tag[退款]
            from:"Mia Chen" lamp            | lamp                 | from[Mia Chen]
            from:“Mia Chen”                 | ~~                   | from[Mia Chen]
            来自:陈小龙                       | ~~                   | from[陈小龙]
            from:mia@x.test                 | ~~                   | from[mia@x.test]
            from:+1 555 012 0125 refund     | refund               | from[+1 555 012 0125]
            from:+1555 012 0125             | ~~                   | from[+1555 012 0125]
            from:(555) 012-0125             | ~~                   | from[(555) 012-0125]
            assignee:me team:returns        | ~~                   | assignee[me] team[returns]
            负责人:我 团队:无                  | ~~                   | assignee[我] team[无]
            "status:open"                   | "status:open"        | ~~
            re: 12:30 https://x.test/a:b    | re: 12:30 https://x.test/a:b | ~~
            mystatus:open                   | mystatus:open        | ~~
            error:foo -minus                | error:foo -minus     | ~~
            "fat bi                         | "fat bi"             | ~~
            tag:"late par                   | ~~                   | tag[late par]
            status:"open"                   | ~~                   | status[open]
            a"b status:open c"d             | a"b c"d              | status[open]
            """)
    void aSearchIsTakenApart(String typed, String words, String operators) {
        var sought = Sought.of(typed);
        assertEquals(words, sought.words());
        assertEquals(operators, sought.operators().stream().map(one -> (one.not() ? "-" : "")
                + one.field().word() + one.values()).collect(joining(" ")));
        assertEquals("", refusals(typed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            status:foo            | there is no status foo; it is one of open, pending, snoozed, solved
            状态:开着               | there is no status 开着; it is one of open, pending, snoozed, solved
            status:open,foo       | there is no status foo; it is one of open, pending, snoozed, solved
            channel:fax lamp      | there is no channel fax; it is one of email, sms, chat, phone, form
            status:               | status: needs a value; it is one of open, pending, snoozed, solved
            from:                 | from: needs a value
            tag: status:open      | tag: needs a value
            status:""             | status: needs a value; it is one of open, pending, snoozed, solved
            -status:"x            | there is no status x; it is one of open, pending, snoozed, solved
            """)
    void aValueThatCannotBeIsRefusedInWords(String typed, String words) {
        assertEquals(words, refusals(typed).lines().findFirst().orElse(""));
    }

    private static String refusals(String typed) {
        return Sought.of(typed).refused().stream().map(Sought.Refused::inWords).collect(joining("\n"));
    }

    @Test
    void nothingTypedBreaksIt() {
        for (var typed : new String[] {null, "", " ", ":", "::", "status::", "status:,", "tag:\"", "-", "--status:open",
                "from:\u0000", "status:open:pending", "tag:((((", "\"\"\"", "status:\u3000open", "from:+",
            "tag:,,,a"}) {
            Sought.of(typed);
        }
    }
}
