package switchboard.channels.email.quote;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
            "^[\\s>*]*(?:(?<rule>[-=_*]{2,})\\s*)?(?:original (?:message|mail|email|appointment)"
            + "|forwarded (?:message|by .{1,60}|mail)|(?:begin |start of )forwarded message|reply message"
            + "|(?:ur|unter)sprüngliche (?:nachricht|e-?mail)|original(?:nachricht|meddelande|melding)"
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
            + "|전달된 메시지)\\s*[:：]?\\s*(?<end>[-=_*]{2,})?[\\s*_]*$", FLAGS);

    static final Set<String> FROM = Set.of("from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от",
            "від", "kimden", "feladó", "από", "发件人", "寄件者", "寄件人", "發件人",
            "差出人", "送信者", "보낸 사람", "보낸사람", "expéditeur", "remitente", "mittente", "afzender", "nadawca", "отправитель");
    static final Set<String> OTHER = Set.of("sent", "date", "to", "subject", "cc", "bcc", "reply-to", "sent at", "on",
            "importance", "attachments",
            "gesendet", "datum", "an", "betreff", "kopie", "antwort an", "envoyé", "date d'envoi", "à", "objet",
            "copie", "répondre à", "enviado", "enviado el", "enviado em", "enviada", "fecha", "para", "asunto",
            "assunto", "data", "inviato", "a", "oggetto", "risposta", "rispondi a", "verzonden", "aan", "onderwerp",
            "skickat", "till", "ämne", "kopia", "sendt", "til", "emne", "dato", "kopi", "lähetetty", "päivä",
            "vastaanottaja", "aihe", "wysłano", "do", "temat", "dw", "odesláno", "komu", "předmět", "kopie pro",
            "отправлено", "дата", "кому", "тема", "копия", "надіслано", "копія", "gönderildi", "tarih", "kime",
            "konu", "bilgi", "elküldve", "dátum", "címzett", "tárgy", "στάλθηκε", "ημερομηνία", "προς", "θέμα",
            "发送时间", "日期", "时间", "收件人", "主题", "抄送", "寄件日期", "傳送時間", "收件者", "主旨", "副本", "主題", "發送時間",
            "送信日時", "日時", "宛先", "件名", "보낸 날짜", "날짜", "받는 사람", "받는사람", "제목", "참조");

    private static final List<String> DEVICES = List.of("iphone", "ipad", "ipod", "android", "mobil\\w*", "smartphone",
            "phone", "handy", "cell\\w*", "telefon\\w*", "teléfono", "celular", "portable", "device", "gerät",
            "handset", "tablet\\w*", "samsung", "galaxy", "htc", "nokia", "huawei", "honor", "xiaomi", "redmi", "mi",
            "pixel", "oneplus", "oppo", "vivo", "sony", "xperia", "alcatel", "motorola", "moto", "lg", "lumia",
            "blackberry", "windows(?: \\w+)?", "outlook", "thunderbird", "spark", "superhuman", "hey", "smart ?watch",
            "apple watch", "手机", "手機");
    private static final String DEVICE = "(?:" + String.join("|", DEVICES) + "|[\\w-]{0,12}mail(?:box)?)";
    /// "Sent from my phone" and its like: one whole line, never part of what the author says.
    private static final Pattern SENT_FROM = Pattern.compile(
            "^[\\s<(\\[*_-]*(?:(?:sent|written|typed|composed|posted|replied) (?:from my \\S.*|(?:from|via|with|by"
            + "|using|on)\\b.{0,40}(?<!\\w)" + DEVICE + "(?!\\w).*)"
            + "|(?:\\p{L}+ )?from (?:my )?(?:mobile|i?phone|ipad|android)(?: \\w{1,4})?"
            + "|.{0,40}(?:envoyé|von meinem|gesendet|enviado|enviada|inviato|inviata|verzonden|verstuurd|sendt"
            + "|skickat|lähetetty|wysłan[eoya]|odesláno|odoslané|отправлено|надіслано|изпратено|elküldve|küldve"
            + "|gönderildi|στάλθηκε|trimis)"
            + "(?=.{0,80}(?<!\\w)" + DEVICE + ").{0,100}"
            + "|.{0,40}(?<!\\w)" + DEVICE + ".{0,60}(?:gesendet|gönderildi|küldve|elküldve)\\W*"
            + "|(?:从|從|发自|發自|來自|来自).{1,40}(?:发送|發送|傳送|寄出)?|.{1,40}(?:から送信|에서 보냄|에서 보냈습니다|发送自|傳送自).{0,20}"
            + "|.{0,40}\\boutlook\\W.{0,12}(?:for|für|pour|para|per|voor|til|för)\\b.{0,80})[\\s>)\\]*_.!]*$", FLAGS);

    /// What a word of every such line begins with, in lower case, if none holds "mail"; nearly no other line has one.
    private static final List<String> TRACES = Stream.concat(Stream.of("from"),
            DEVICES.stream().map(device -> device.split("[^\\p{L}]")[0])).toList();
    private static final char CJK_FIRST = '\u2e80';

    static boolean isSentFrom(String line) {
        return hasTrace(line.toLowerCase(Locale.ROOT)) && SENT_FROM.matcher(line).matches();
    }

    private static boolean hasTrace(String line) {
        for (int i = 0; i < line.length(); i++) if (line.charAt(i) >= CJK_FIRST) return true;
        for (var trace : TRACES) if (beginsWord(line, trace)) return true;
        return line.contains("mail");
    }

    private static boolean beginsWord(String line, String trace) {
        int at = line.indexOf(trace);
        while (at > 0 && isWord(line.charAt(at - 1))) at = line.indexOf(trace, at + 1);
        return at >= 0;
    }

    /// As `\w` has it.
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }

    private QuoteWords() {}
}
