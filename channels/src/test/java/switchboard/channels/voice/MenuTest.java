package switchboard.channels.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.voice.VoiceOffice.ADA;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a caller hears at the menu, and what happens to callers who don't get through it.
@Timeout(90)
class MenuTest {
    private final VoiceOffice office = new VoiceOffice();

    @AfterEach void close() {
        office.close();
    }

    private void menu(String choices) {
        office.database.sql().execute("update phone_number set menu = $1::text::jsonb", choices);
    }

    private void givenUp() {
        office.ada().call();
        office.ada().awaitAsked();
        office.ada().hangUp();
        office.await("the end", () -> office.call().state().equals("ended"));
        assertEquals("missed", office.call().outcome());
    }

    @Tag("D23")
    @Tag("U8")
    @Test void aStrangerWhoHangsUpAtTheMenuLeavesNoWorkAndAKnownCustomerWaitsForACall() {
        office.play(() -> {
            menu("[{\"digit\": \"1\", \"label\": \"orders\"}]");
            givenUp();
            assertEquals("solved", office.ticket("status"));
            assertEquals("", office.ticket("queued_at"));
            assertEquals(1, office.count("message where kind = 'call' and text = 'Call given up in the menu'"));
            givenUp();
            assertEquals("open", office.ticket("status"), "who comes again wants something");
            office.database.sql().execute("update customer set provisional = false");
            office.database.sql().execute("delete from routing_decision");
            givenUp();
            assertEquals("open", office.ticket("status"));
            assertEquals("{call-back}", office.ticket("tags"));
            assertEquals(office.team.toString(), office.ticket("team_id"));
            assertTrue(!office.ticket("queued_at").isEmpty());
            assertTrue(!office.ticket("waiting_since").isEmpty());
            assertEquals(0, office.count("ticket where status = 'pending'"));
        });
    }

    @Tag("D23")
    @Test void whoHasHeardTheMenuForAWhileWantedSomething() {
        office.play(() -> {
            menu("[{\"digit\": \"1\", \"label\": \"orders\"}]");
            office.ada().call();
            office.ada().awaitAsked();
            office.database.sql().execute("update call set started_at = started_at - interval '11 s'");
            office.ada().hangUp();
            office.awaitState("ended");
            assertEquals("open", office.ticket("status"));
            assertEquals("{call-back}", office.ticket("tags"));
        });
    }

    @Tag("D26")
    @Test void whoChoosesTheChineseTeamGoesOnInChinese() {
        office.play(() -> {
            var chinese = UUID.randomUUID();
            office.database.sql().execute("insert into team (id, name) values ($1, 'Chinese')", chinese);
            menu("""
                    [{"digit": "1", "label": "orders"}, {"digit": "2", "label": "中文客服", "teamId": "%s"},
                     {"digit": "3", "label": "VIP", "language": "zh-CN"}]""".formatted(chinese));
            office.ada().call();
            office.ada().awaitHeard("For orders, press 1.");
            office.ada().awaitHeard("中文客服，请按 2。");
            office.ada().awaitHeard("VIP，请按 3。");
            office.ada().press("2");
            office.ada().awaitHeard("正在为您转接");
            office.ada().awaitQueued();
            office.ada().awaitHeard("即将为您接通");
            assertEquals("zh-CN", office.ticket("language"));
            assertEquals("{language:zh-CN}", office.ticket("skills"));
            assertEquals(chinese.toString(), office.ticket("team_id"));
            office.ada().press("1");
            office.ada().awaitHeard("请在提示音后留言");
            office.ada().hangUp();
            office.await("the end", () -> office.call().state().equals("ended"));

            office.ada().call();
            office.ada().press("1");
            office.ada().awaitHeard("Please hold");
            assertEquals("en", office.ticket("language"));
        });
    }

    @Tag("U22")
    @Test void threeCallsHaveThreeSubjectsAndSayWhatWasChosen() {
        office.play(() -> {
            menu("[{\"digit\": \"1\", \"label\": \"orders\"}]");
            for (int i = 0; i < 3; i++) {
                office.ada().call();
                office.ada().press("1");
                office.ada().awaitQueued();
                office.ada().hangUp();
                office.await("the end", () -> office.call().state().equals("ended"));
            }
            assertEquals(List.of("Call from " + ADA + ": orders", "Call from " + ADA + " (2): orders",
                    "Call from " + ADA + " (3): orders"),
                    office.database.sql().column(String.class, "select subject from ticket order by number"));
        });
    }
}
