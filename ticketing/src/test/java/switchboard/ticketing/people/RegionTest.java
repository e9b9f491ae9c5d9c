package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.people.CustomerImport.Line;
import switchboard.ticketing.people.CustomerImport.Outcome;
import switchboard.ticketing.people.Customers.NewIdentity;

/// Numbers without a country code are read by the region of the company and its lines.
@Tag("D41")
class RegionTest {
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void region(String code) {
        virtually(() -> desk.database.sql().execute("""
                insert into setting (name, value) values ('company', jsonb_build_object('region', $1::text))
                on conflict (brand_id, name) do update set value = excluded.value""", code));
    }

    private void line(String number, String name, String region) {
        virtually(() -> desk.database.sql().execute("insert into phone_number (id, number, name, region) values "
                + "($1, $2, $3, $4)", UUID.randomUUID(), number, name, region));
    }

    private Outcome imported(String language, String phone) {
        var line = new Line(7, "Wang Fang", null, null, language, null, null, Map.of(),
                List.of(new NewIdentity("phone", phone, null)));
        return virtually(() -> new CustomerImport(desk.database, desk.journal).run(List.of(line)));
    }

    private String stored() {
        return virtually(() -> desk.database.sql().value(String.class, "select string_agg(value, ',') from identity"))
                .orElse("");
    }

    private String code() {
        return virtually(() -> Region.ofCompany(desk.database.sql())).code();
    }

    @Test
    void aCompanysRegionIsItsSettingElseItsFirstLinesElseUnknown() {
        assertEquals("ZZ", code());
        line("+8675566667777", "Anfang", null);
        assertEquals("CN", code());
        region("DE");
        assertEquals("DE", code());
        line("+15005550006", "Zweite", "CA");
        assertEquals("CA", virtually(() -> Region.ofLine(desk.database.sql(), "+15005550006")).code());
        assertEquals("CN", virtually(() -> Region.ofLine(desk.database.sql(), "+8675566667777")).code());
    }

    @Test
    void aChineseMobileInAnImportIsChineseOrAskedAboutAndNeverAmerican() {
        region("CN");
        assertEquals(1, imported("zh-CN", "138 0013 8000").created());
        assertEquals("+8613800138000", stored());
        region("US");
        assertEquals(1, imported("zh-CN", "13900139000").created());
        assertEquals("+8613800138000,+8613900139000", stored());
        var asked = imported("zh-CN", "136 1234 5678").problems().getFirst();
        assertEquals(7, asked.line());
        assertTrue(asked.text().contains("+13612345678 or +8613612345678"), asked.text());
        assertTrue(imported("en", "13900139001").problems().getFirst().text().contains("country code"));
        assertEquals("+8613800138000,+8613900139000", stored());
    }

    @Test
    void aNumberTypedByHandIsReadAlike() {
        var customers = new Customers(desk.database, desk.journal);
        var typed = new Customers.NewCustomer("Wang Fang", null, null, null, null, "zh-CN", null,
                List.of(new NewIdentity("phone", "(010) 6552 9988", null)));
        region("CN");
        virtually(() -> customers.create(Actor.SYSTEM, typed, "agent"));
        assertEquals("+861065529988", stored());
        var short1 = new Customers.NewCustomer("Short", null, null, null, null, "en", null,
                List.of(new NewIdentity("phone", "12345", null)));
        var refused = assertThrows(Failure.Invalid.class, () ->
                virtually(() -> customers.create(Actor.SYSTEM, short1, "agent")));
        assertTrue(refused.getMessage().contains("12345 is no telephone number"), refused.getMessage());
        assertEquals("+861065529988", stored());
    }
}
