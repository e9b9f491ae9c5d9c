package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static switchboard.ticketing.Desk.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// Search finds articles in all customers' languages, the reader's own first.
@Tag("U14")
class SearchLanguagesTest {
    @Test
    void articlesAreFoundInWhateverLanguageTheyAreWritten() {
        try (var server = Server.demo()) {
            var token = server.token(server.agent("lee", Role.AGENT));
            // A new company's index is built after the start, in the background.
            until(() -> !found(server, token, "退款", "").isEmpty());
            for (var q : new String[] {"退款", "refund"}) {
                for (var locale : new String[] {"", "&locale=zh-CN"}) {
                    var found = found(server, token, q, locale);
                    assertFalse(found.isEmpty(), q + locale);
                    var ids = new HashSet<String>();
                    found.forEach(one -> ids.add(one.path("id").asText()));
                    assertEquals(found.size(), ids.size(), "each once");
                }
            }
        }
    }

    private static JsonNode found(Server server, String token, String q, String locale) {
        return server.get("/api/v1/search?limit=8&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + locale, token)
                .json().path("articles");
    }
}
