package switchboard.channels.email.mime;

import java.util.regex.Pattern;

/// How mail programs title automatic replies, and what people write in them, in the languages those programs ship in.
/// To support another language, add its words here.
final class AutoReplyWords {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final String NAMES = "automat(?:ic|ed) (?:reply|response|answer)|auto[- ]?(?:reply|response"
            + "|responder|"
            + "answer)|out[- ]of[- ](?:the )?office(?: (?:reply|autoreply|message))?|ooo|away from (?:the office"
            + "|my mail)"
            + "|vacation (?:reply|notice|message)|abwesenheits?(?:notiz|nachricht|meldung|agent)?"
            + "|automatische antwort"
            + "|abwesend|außer haus|nicht im büro|(?:réponse|réponse d'absence) automatique|(?:message d'absence"
            + "|absent|absence) du bureau|message d'absence|respuesta automática|fuera de (?:la )?oficina"
            + "|risposta automatica|fuori (?:sede|ufficio)|resposta automática|fora do escritório|ausência temporária"
            + "|automatisch(?:e)? (?:antwoord|beantwoording)|afwezig(?:heid)?|niet op kantoor|autosvar"
            + "|automatiskt? svar"
            + "|frånvaro(?:meddelande)?|fravær(?:smelding|sbesked)?|ikke (?:til stede|på kontoret)"
            + "|automaattinen vastaus"
            + "|poissaolo(?:ilmoitus)?|poissa|automatyczna odpowiedź|autoodpowiedź|nieobecność|poza biurem"
            + "|automatická odpov[eě][dď]|mimo kanceláře?|nepřítomnost|automatikus válasz|házon kívül|răspuns automat"
            + "|în afara biroului|автоматический ответ|автоответ(?:чик)?|нет на месте|вне офиса|автоматична відповідь"
            + "|автовідповідь|автоматичен отговор|извън офиса|αυτόματη απάντηση|εκτός γραφείου|otomatik (?:yanıt"
            + "|cevap)"
            + "|ofis dışında|תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד|رد تلقائي|خارج المكتب|自動(?:応答|返信|回覆|答覆|回復)"
            + "|自动(?:回复|答复|应答)|不在(?:の(?:お知らせ|連絡)|通知)|外出(?:自动回复|通知)|不在办公室|자동 ?(?:회신|응답|답장)|부재 ?중"
            + "|(?:thư )?(?:tự động trả lời|trả lời tự động)|vắng mặt|balasan otomatis|jawaban otomatis"
            + "|di luar kantor";
    /// Starts with the title, then at most the earlier subject after a separator; or says that someone is out of the
    /// office.
    private static final Pattern TITLE = Pattern.compile("(?:(?:re|aw|sv|antw|res|ris|odp|回复"
            + "|答复)\\s?[:：]\\s?)?[\\[(【]?(?:"
            + NAMES + ")(?:[\\])】]|\\s?[:：(\\-–—.!]|\\s+(?:re|aw)\\s?:|$).*"
            + "|.{1,60} (?:is|am) (?:currently )?(?:out of|away from) (?:the )?office.*", FLAGS | Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("(?<!\\p{L})(?:" + NAMES
            + "|i(?:'m|’m| am|'ll| will)(?: be)?(?: currently)? (?:out of|away|on (?:vacation|holiday"
            + "|annual leave|leave))"
            + "|on vacation|ich bin .{0,50}(?:urlaub|nicht erreichbar|nicht im haus)|im urlaub"
            + "|je suis .{0,30}(?:absente?|en congés?|en vacances)|de vacaciones|estaré (?:fuera|ausente)"
            + "|sono (?:in ferie|assente|fuori)|in ferie|de férias|estou ausente|(?:met|op) vakantie|på semester"
            + "|på ferie"
            + "|lomalla|na urlopie|na dovolen|szabadságon|în concediu|в отпуске|отсутствую|у відпустці"
            + "|в отпуск(?!\\p{L})"
            + "|отсъствам|σε άδεια|απουσιάζω|izindeyim|tatildeyim|yıllık izin|בחופשה|לא במשרד|في إجازة|nghỉ phép"
            + "|đi vắng|sedang cuti)|休暇(?:中|のため|を(?:取得|いただ))|不在にして|夏季休業|휴가 ?중|휴가로|자리를 "
                    + "비|(?:正在|目前|现在|現在|本人|我)[^。\\n]{0,8}(?:休假|度假|外出|出差|不在)|(?:休假|外出|出差)中", FLAGS);

    private AutoReplyWords() {}

    /// Whether the subject is an automatic reply's.
    static boolean isTitle(String subject) {
        return TITLE.matcher(subject).matches();
    }

    static boolean isIn(String text) {
        return WORDS.matcher(text).find();
    }
}
