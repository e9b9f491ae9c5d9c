package switchboard.channels.email.quote;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words by which mail programs introduce a quotation, a forward or a signature. To know another language, add its
/// words here.
final class QuoteWords {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /// "wrote" in an attribution line; CJK has no word boundaries.
    static final Pattern WROTE = Pattern.compile(
            "(?<!\\p{L})(?:wrote|writes|schrieb|schreibt|a écrit|écrit|escribió|escribio|va escriure|ha scritto"
            + "|scrisse|scrive|escreveu|schreef|geschreven|skrev|skreiv"
            + "|kirjoitti|napisał(?:\\(a\\)|a)?|pisze|napsal(?:\\(a\\)|a)?|napísal(?:\\(a\\)|a)?|napisao|napisala"
            + "|je napisal(?:\\(a\\)|a)?|написал(?:\\(а\\)|а)?|пишет|пише|написав|написала|написа"
            + "|yazdı|şunu yazdı|írta|a scris|έγραψε|rašė|rakstīja|kirjutas|menulis|đã viết|viết|כתב|كتب)(?!\\p{L})"
            + "|写道|寫道|写了|撰写|のメッセージ|は書きました|が書きました|さんは|작성|님이|เขียน", FLAGS);
    /// A rule with words in it, or a whole line, that announces the earlier message.
    static final Pattern ANNOUNCEMENT = Pattern.compile(
            "^[\\s>*]*(?:(?<rule>[-=_*]{2,})\\s*)?(?:original (?:message|mail|email|e-mail|appointment)"
            + "|forwarded (?:message|by .{1,60}|mail)|(?:begin |start of )forwarded message|reply message"
            + "|(?:ur|unter)sprüngliche (?:nachricht|e-?mail)|(?:antwort )?nachricht|original(?:nachricht"
            + "|meddelande|melding)"
            + "|weitergeleitete nachricht|anfang der weitergeleiteten nachricht"
            + "|message (?:d'origine|d’origine|original|transféré|initial)|courriel original"
            + "|début du message réexpédié|mensaje (?:original|reenviado)|inicio del mensaje reenviado"
            + "|messaggio (?:originale|inoltrato)|inizio messaggio inoltrato|mensagem (?:original|encaminhada)"
            + "|(?:oorspronkelijk|doorgestuurd|origineel) bericht|vidarebefordrat meddelande"
            + "|(?:opprinnelig|videresendt) melding|(?:oprindelig|videresendt) meddelelse|alkuperäinen viesti"
            + "|edelleenlähetetty viesti|(?:wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana)"
            + "|původní zpráva|přeposlaná zpráva|(?:исходное|пересылаемое|пересланное|оригинальное) сообщение"
            + "|(?:оригінальне|переслане) повідомлення|özgün ileti|iletilen ileti|eredeti üzenet|mesaj original"
            + "|原始邮件|原始郵件|转发(?:的)?邮件|轉寄郵件|元のメッセージ|転送されたメッセージ|원본 (?:메일|메시지)"
            + "|전달된 메시지)\\s*[:：]?\\s*(?<end>[-=_*]{2,})?[\\s*_]*"
            + "(?:(?<=[-=_*]|\\s)\\p{L}{2,12}\\s?[:：]\\s?\\S.*@.*)?$", FLAGS);

    /// A rule with words in it, in a language that isn't listed.
    static final Pattern RULED =
            Pattern.compile("^[\\s>*]*[-=_*]{3,}\\s*\\p{L}[\\p{L}\\p{M}'’ ./-]{2,60}?\\s*[-=_*]{3,}[\\s*]*$");
    /// Sentences say "we" or "you"; attributions don't.
    static final Pattern OURSELVES = Pattern.compile("(?<![\\p{L}.])(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me"
            + "|[Ii]ch|[Ww]ir|[Ii]hnen|[Ii]hre?[mnr]?|[Mm]eine?[mnrs]?|[Mm]ir|[Uu]nser\\p{L}*|[Jj]['’]ai|[Nn]ous"
            + "|[Vv]ous"
            + "|notre|votre|[Yy]o|nuestr\\p{L}+|usted|[Ii]o|[Ee]u|[Ii]k|[Ww]ij|mijn|[Яя]|[Мм]ы|[Вв]ы|мне|нам"
            + "|вам)(?!\\p{L})"
            + "|我们|我們|您");
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb",
            "fi", "pl", "cs", "sk", "hu", "ro", "ru", "uk", "bg", "el", "tr", "hr", "sl", "lt", "lv", "et", "ca", "vi",
            "id");
    private static final String SMALL = "on at from by and of the to um uhr von der den dem le la les à a las los el de"
            + " du des del di della il lo giorno alle ore dia às em no na os da do das dos op om te kl kl. klo "
                    + "i o w dniu"
            + " dnia dne dňa v ve vo r g г года в о об u je s dan pukul pada ngày tháng năm vào lúc het ora "
                    + "alle orele la"
            + " użytkownik uživatel používateľ odesílatel odosielateľ пользователь користувач am pm a.m p.m est "
                    + "edt pst pdt"
            + " gmt utc cet cest bst msk via mailto wrote van ter ten zu zur bin ibn al y und et e og och ja oraz и і"
            + " tarihinde saat στις την κλ th st nd rd er ha h heures uur";

    /// Words around a date and a name, including the names of days and months.
    private static final class Days {
        static final Set<String> WORDS = words();

        private static Set<String> words() {
            var words = new HashSet<>(List.of(SMALL.split(" ")));
            for (var language : LANGUAGES) {
                for (var style : TextStyle.values()) {
                    for (var day : DayOfWeek.values()) add(words, day.getDisplayName(style, Locale.of(language)));
                    for (var month : Month.values()) add(words, month.getDisplayName(style, Locale.of(language)));
                }
            }
            return words;
        }

        private static void add(Set<String> words, String name) {
            for (var part : name.toLowerCase(Locale.ROOT).split("[\\s.-]+")) words.add(part);
        }
    }

    static boolean isDayWord(String word) {
        return Days.WORDS.contains(word) || word.length() == 1;
    }

    private QuoteWords() {}
}
