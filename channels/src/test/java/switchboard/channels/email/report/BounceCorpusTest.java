package switchboard.channels.email.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.Corpora;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.mime.MailKind;

class BounceCorpusTest {
    @Test void finds_the_addresses_that_other_peoples_bounces_name() throws Exception {
        var folder = Corpora.folder("bounce-flufl");
        var expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        var missed = new ArrayList<String>();
        for (var names = expected.fieldNames(); names.hasNext();) {
            var name = names.next();
            var mail = MailDecoder.decode(Corpora.bytes(folder.resolve("messages").resolve(name)));
            var hard = new TreeSet<String>();
            var soft = new TreeSet<String>();
            mail.recipients().forEach(r -> (r.permanent() ? hard : soft).add(r.address().toLowerCase(Locale.ROOT)));
            if (!hard.equals(set(expected.get(name).get("permanent")))
                    || !soft.equals(set(expected.get(name).get("temporary")))) missed.add(name);
        }
        System.out.println("bounces: equal " + (expected.size() - missed.size()) + " of " + expected.size()
                + ", missed " + missed);
        assertTrue(missed.size() <= expected.size() * 0.08, () -> "missed " + missed);
    }

    @Test void takes_no_mailing_list_post_for_a_report() {
        var folder = Corpora.folder("threading-notmuch");
        int all = 0;
        var wrong = new ArrayList<String>();
        for (var file : Corpora.files(folder)) {
            if (file.toString().endsWith(".json") || file.toString().endsWith(".md")) continue;
            all++;
            if (MailDecoder.decode(Corpora.bytes(file)).kind() != MailKind.NORMAL) wrong.add(file.toString());
        }
        System.out.println("bounces: false positives " + wrong.size() + " of " + all);
        assertEquals(java.util.List.of(), wrong);
    }

    private static TreeSet<String> set(JsonNode list) {
        var set = new TreeSet<String>();
        list.forEach(a -> set.add(a.asText().toLowerCase(Locale.ROOT)));
        return set;
    }
}
