package switchboard.channels.email.quote;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The labels that mail programs put before the headers of an earlier mail. To support another language, add its words
/// here.
final class HeaderWords {
    enum Label { FROM, DATE, TO, SUBJECT, OTHER }

    private static final String FROM = "from|von|absender|de|expéditeur|remitente|da|mittente|remetente|van"
            + "|afzender|från"
            + "|avsändare|fra|afsender|avsender|lähettäjä|od|nadawca|odesílatel|odosielateľ|feladó|küldő|de la"
            + "|expeditor"
            + "|от|отправитель|від|відправник|подател|από|αποστολέας|kimden|gönderen|מאת|من|المرسل|از|差出人|送信者|送信元"
            + "|보낸 사람|보낸사람|발신자|发件人|寄件者|寄件人|發件人|发送人|發送人|từ|người gửi|dari|pengirim|šalje|pošiljatelj|nuo"
            + "|siuntėjas|no|saatja|kellelt|จาก|frá";
    private static final String DATE = "sent|date|sent at|sent on|date sent|gesendet|gesendet am|datum|envoyé"
            + "|envoyé le"
            + "|date d'envoi|date d’envoi|message du|enviado|enviado el|enviado em|enviada|enviada em|fecha"
            + "|fecha de envío"
            + "|data de envio|inviato|inviato il|inviata|data|data invio|verzonden|verzonden op|skickat"
            + "|skickat den|sendt"
            + "|sendt den|dato|lähetetty|päivä|päiväys|päivämäärä|wysłano|wysłane|odesláno|odoslané|dátum"
            + "|elküldve|küldve"
            + "|trimis|отправлено|отправлен|дата|дата отправки|надіслано|изпратено|στάλθηκε|εστάλη|ημερομηνία"
            + "|gönderildi"
            + "|gönderme tarihi|gönderim|tarih|נשלח|תאריך|תאריך שליחה|تاريخ الإرسال|تم الإرسال|التاريخ|تاریخ|送信日時|日付"
            + "|日時|送信日|보낸 날짜|날짜|보냄|전송|发送时间|日期|时间|时 间|日 期|發送時間|發送日期|发送日期|傳送時間|傳送日期|寄件日期|đã gửi"
            + "|ngày|gửi lúc|dikirim|tanggal|terkirim|poslano|poslato|data wysłania|išsiųsta|nosūtīts|saadetud"
            + "|kuupäev|วันที่"
            + "|senda|dagsetning";
    private static final String TO = "to|an|empfänger|à|a|destinataire|para|destinatario|destinatário|per|aan"
            + "|ontvanger"
            + "|till|mottagare|til|modtager|mottaker|vastaanottaja|do|odbiorca|komu|pre|címzett|către|catre|la"
            + "|кому|получатель"
            + "|до|одержувач|προς|παραλήπτης|kime|alıcı|אל|עבור|إلى|المستلم|به|宛先|받는 사람|받는사람|수신자|收件人|收件者|đến|tới"
            + "|người nhận|kepada|ke|za|prima|kam|kellele|kas|ถึง";
    private static final String SUBJECT = "subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne"
            + "|emne|aihe"
            + "|otsikko|temat|předmět|predmet|tárgy|subiect|тема|относно|θέμα|konu|נושא|הנדון|الموضوع|موضوع|件名|題名|제목"
            + "|主题|主旨|主題|标题|主 题|chủ đề|tiêu đề|perihal|subjek|naslov|zadeva|tema|teema|เรื่อง|efni";
    private static final String OTHER = "cc|bcc|c\\.c|kopie|kopie an|copie|copie à|copia|con copia|cópia"
            + "|com cópia|kopia"
            + "|kopi|kopio|dw|udw|do wiadomości|kopie pro|kópia|másolat|másolatot kap|копия|копія|копие"
            + "|κοινοποίηση|bilgi"
            + "|עותק|نسخة|抄送|副本|密送|密件副本|참조|reply-to|reply to|antwort an|répondre à|responder a|responder para"
            + "|rispondi a|risposta|antwoord naar|svar til|svara till|odpowiedz do|ответить на|importance|priority"
            + "|wichtigkeit|priorität|importancia|importanza|attachments|attachment|anlagen|anhänge|pièces jointes"
            + "|datos adjuntos|allegati|anexos|bijlagen|bilagor|vedhæftede filer|vedlegg|załączniki|přílohy"
            + "|вложения|附件"
            + "|添付ファイル|sensitivity|organization|organisation|resent-from|mailed-by|signed-by";
    private static final Map<String, Label> LABELS = new HashMap<>();
    /// Fields that appear only in a copied mail source or a digest.
    private static final Set<String> RAW = Set.of("message-id", "received", "return-path", "mime-version",
            "content-type", "content-transfer-encoding", "newsgroups", "in-reply-to", "references", "message",
                    "list-id",
            "delivered-to", "approved", "path", "x-mailer");

    static {
        add(Label.OTHER, OTHER);
        add(Label.SUBJECT, SUBJECT);
        add(Label.TO, TO);
        add(Label.DATE, DATE);
        add(Label.FROM, FROM);
    }

    private HeaderWords() {}

    private static void add(Label label, String words) {
        for (var word : words.replace("\\", "").split("\\|")) LABELS.put(word, label);
    }

    /// Null for any other word.
    static Label label(String word) {
        return LABELS.get(normal(word));
    }

    static boolean isRaw(String word) {
        return RAW.contains(normal(word));
    }

    private static String normal(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
