package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InspectTest {
    @Test void prints_one_json_line_in_the_shape_that_scripts_rely_on() throws Exception {
        var line = Inspect.inspectMail("a.eml",
                ("From: A <a@b.test>\nTo: s@demo.test\nSubject: Hi\nMessage-ID: <1@b.test>\nReferences: "
                + "<0@b.test>\n\nYes\n\nOn 3 Mar 2026 10:12, S <s@demo.test> wrote:\n> Do you?\n\n-- \nA\n")
                .getBytes(StandardCharsets.UTF_8));
        assertFalse(line.contains("\n"));
        assertEquals(new ObjectMapper().readTree("""
                {"file":"a.eml","from":"a@b.test","to":["s@demo.test"],"subject":"Hi","messageId":"1@b.test",
                 "references":["0@b.test"],
                 "kind":"normal","recipients":[],
                 "text":"Yes\\n\\nOn 3 Mar 2026 10:12, S <s@demo.test> wrote:\\n> Do you?\\n\\n-- \\nA\\n",
                 "visibleText":"Yes",
                 "foldedText":"On 3 Mar 2026 10:12, S <s@demo.test> wrote:\\n> Do you?",
                 "signature":"-- \\nA","html":"","attachments":[],"warnings":[]}"""),
                new ObjectMapper().readTree(line));
    }

    @Test void prints_something_for_anything() {
        for (var raw : new byte[][] {{}, {0}, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[5_000]})
                assertFalse(Inspect.inspectMail("x", raw).isEmpty());
    }
}
