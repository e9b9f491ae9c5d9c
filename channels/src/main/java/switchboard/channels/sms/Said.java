package switchboard.channels.sms;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A text message without common additions to a keyword: quotes, signs, emoji, thanks, a signature.
final class Said {
    /// Accents. The marks of Japanese syllables stay, because they change the syllable.
    private static final Pattern MARKS = Pattern.compile("[\\p{Mn}&&[^\\u3099\\u309A]]+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SPELT = Pattern.compile("(?:\\p{L} ){2,}\\p{L}");
    private static final Pattern AGAIN = Pattern.compile("(?U)\\b(.{2,40}?)(?: \\1\\b)+");
    /// Signature lines, added by a program or a person.
    private static final Pattern SIGNATURE = Pattern.compile("(?iu)^(--+|__+|—+|sent (from|with|via) .*|get outlook .*"
            + "|von meinem .* gesendet|gesendet (von|mit) .*|envoye (de|depuis) .*|envoyé (de|depuis) .*"
            + "|enviado (desde|do|de) .*|inviato da .*|verzonden (vanaf|met) .*|wyslane z .*|wysłane z .*"
            + "|отправлено с .*|发自.*|發自.*|(iphone|android)から送信|.*에서 보냄|best regards.*|regards.*|cheers.*)$");
    private static final Pattern NAME = Pattern.compile("(\\p{Lu}[\\p{L}.'-]*)( \\p{Lu}[\\p{L}.'-]*){0,2}");
    private static final Set<String> POLITE = Stream.of("please", "pls", "plz", "thanks", "thank you", "thankyou",
            "thx", "ty", "many thanks", "thanks a lot", "thank u", "kindly", "sorry", "ok", "hi", "hello", "dear",
            "merci", "svp", "s il vous plait", "gracias", "por favor", "danke", "bitte", "vielen dank", "grazie",
            "per favore", "obrigado", "obrigada", "bedankt", "dank u", "dank je", "alstublieft", "aub", "dziekuje",
            "prosze", "спасибо", "пожалуйста", "спс", "tesekkurler", "lutfen", "tack", "takk", "tak",
            "谢谢", "謝謝", "多谢", "多謝", "谢谢你", "感谢", "ありがとう", "ありがとうございます", "お願いします", "감사합니다",
            "부탁드립니다", "شكرا", "תודה").map(Said::folded).collect(Collectors.toUnmodifiableSet());
    /// In scripts without spaces, these adjoin the word.
    private static final Pattern GLUED = Pattern.compile(
            "^(请|請)|(谢谢|謝謝|多谢|多謝|感谢|谢|了|吧|啊|してください|して下さい|をお願いします|お願いします|해주세요|해 주세요)+$");

    private Said() {}

    /// Lower-case in plain form, with single spaces and nothing else.
    static String folded(String text) {
        var plain = MARKS.matcher(Normalizer.normalize(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT), Normalizer.Form.NFD)).replaceAll("").replace('ı', 'i').replace('ł', 'l')
                .replace('ø', 'o');
        var words = NO_WORD.matcher(Normalizer.normalize(plain, Normalizer.Form.NFC)).replaceAll(" ").strip();
        return SPELT.matcher(words).matches() ? words.replace(" ", "") : words;
    }

    /// The whole text in plain words, without a signature and common additions.
    static String core(String body) {
        var lines = body.strip().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return bare(folded(String.join(" ", unsigned(lines))));
    }

    /// The first line in plain words.
    static String firstLine(String body) {
        return body.strip().lines().findFirst().map(line -> bare(folded(line))).orElse("");
    }

    private static List<String> unsigned(List<String> lines) {
        for (int i = 1; i < lines.size(); i++) {
            if (SIGNATURE.matcher(lines.get(i)).matches()) return unsigned(lines.subList(0, i));
        }
        boolean named = lines.size() == 2 && NAME.matcher(lines.getLast()).matches();
        return named ? lines.subList(0, 1) : lines;
    }

    private static String bare(String words) {
        var left = words;
        for (var before = ""; !before.equals(left);) {
            before = left;
            for (var one : POLITE) {
                if (left.startsWith(one + " ")) left = left.substring(one.length() + 1);
                if (left.endsWith(" " + one)) left = left.substring(0, left.length() - one.length() - 1);
            }
            var glued = GLUED.matcher(left).replaceAll("").strip();
            if (!glued.isEmpty()) left = glued;
        }
        return AGAIN.matcher(left).replaceAll("$1");
    }
}
