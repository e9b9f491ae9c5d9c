package switchboard.knowledgebase.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void bothLanguagesSayTheSameThings() {
        assertEquals(new TreeSet<>(Words.in("en").keys()), new TreeSet<>(Words.in("zh-CN").keys()));
        assertEquals("1 article", Words.in("en").say("articles.count", 1L));
        assertEquals("7 篇文章", Words.in("zh-CN").say("articles.count", 7L));
    }

    @Test
    void everyTextThatAPageAsksForExistsAndNoneIsLeftOver() throws IOException {
        var asked = new TreeSet<String>();
        var say = Pattern.compile("\"([a-z]+\\.[A-Za-z.]+|skip)\"");
        for (var root : new String[] {"src/main/jte", "src/main/java/switchboard/knowledgebase/site"}) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    say.matcher(Files.readString(file)).results().forEach(found -> asked.add(found.group(1)));
                }
            }
        }
        var unused = new TreeSet<>(Words.in("en").keys());
        unused.removeAll(asked);
        assertEquals(new TreeSet<>(), unused);
        assertFalse(asked.isEmpty());
        assertTrue(asked.contains("contact.sentTitle"));
    }
}
