package switchboard.knowledgebase.site;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import switchboard.knowledgebase.article.Locales;

/// Every text of the site in one language, from `words_<locale>.properties`. A key that is missing is a bug and throws.
public final class Words {
    private static final Map<String, String> FILES =
            Map.of("en", "words_en.properties", "zh-CN", "words_zh-CN.properties");
    private static final Map<String, Words> ALL =
            Locales.ALL.stream().collect(Collectors.toUnmodifiableMap(locale -> locale, Words::new));

    private final String locale;
    private final Properties texts = new Properties();

    private Words(String locale) {
        this.locale = locale;
        var name = FILES.get(locale);
        try (var in = Words.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    public static Words in(String locale) {
        return ALL.getOrDefault(locale, ALL.get(Locales.DEFAULT));
    }

    /// @param args fill `{0}`, `{1}`, ...; numbers may choose plurals as `MessageFormat` describes
    public String say(String key, Object... args) {
        var text = texts.getProperty(key);
        if (text == null) throw new IllegalArgumentException("No text " + key + " in " + locale);
        return args.length == 0 ? text : new MessageFormat(text, Locale.forLanguageTag(locale)).format(args);
    }

    public String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.forLanguageTag(locale))
                .withZone(ZoneOffset.UTC).format(at);
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }
}
