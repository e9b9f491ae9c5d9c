package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// The one search finds articles in the languages of all customers, the reader's own first.
@Tag("U14")
class SearchLanguagesTest {
    @Test
    void articlesAreFoundInWhateverLanguageTheyAreWritten() {
        try (var server = Server.demo()) {
            var token = server.token(server.agent("lee", Role.AGENT));
            for (var q : new String[] {"退款", "refund"}) {
                for (var locale : new String[] {"", "&locale=zh-CN"}) {
                    var found = server.get("/api/v1/search?limit=8&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8)
                            + locale, token).json().path("articles");
                    assertFalse(found.isEmpty(), q + locale);
                    var ids = new HashSet<String>();
                    found.forEach(one -> ids.add(one.path("id").asText()));
                    assertEquals(found.size(), ids.size(), "each once");
                }
            }
        }
    }
}
