package switchboard.channels.email.quote;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Recognises "Sent from my phone" and similar lines: a whole line in a program's standard form, never a sentence about
/// a phone or about sending something. To support another language, add how its programs begin (or end) the line.
final class MobileFooters {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final int CHARS_MAX = 160;
    private static final int WORDS_MAX = 8;
    /// How many words to examine; the device or program comes first.
    private static final int FIRST_WORDS = 3;

    private static final Pattern DEVICE = Pattern.compile("(?<![\\p{L}\\d])(?:iphon\\p{L}*|ipad\\p{L}*|ipod"
            + "|android|mobil\\p{L}*"
            + "|smartphone|phone|handy|cell\\p{L}*|telefon\\p{L}*|teléfono|telemóvel|celular|portable|device"
            + "|gerät|handheld"
            + "|handset|tablet\\p{L}*|wireless|samsung|galaxy|htc|nokia|huawei|honor|xiaomi|redmi|mi|pixel"
            + "|oneplus|oppo"
            + "|vivo|sony|xperia|alcatel|motorola|moto|lg|lumia|wiko|blackberry|windows|outlook|thunderbird"
            + "|spark|sparrow"
            + "|superhuman|hey|mailbird|zoho|proton|aquamail|k-9|smart ?watch|apple watch|手机|手機"
            + "|телефон\\p{L}*|[\\p{L}-]{0,12}mail(?:box)?)", FLAGS);
    private static final String BEGINS = "(?:sent|written|typed|composed|posted|replied) "
            + "(?:from|via|with|using|through)(?: my| the| a)?|(?:sent|written|typed) on my|(?:\\p{L}+ )?from my"
            + "|envoyé (?:de|depuis|à partir de|avec|via|par)(?: mon| ma| l['’])?"
            + "|provenance :?|(?:diese (?:nachricht|e-?mail|mail) wurde )?(?:von|mit|aus|über)(?: meine[mr]?)?"
            + "|gesendet (?:von|mit|aus|über|per|vom)(?: meine[mr]?| der)?|enviad[oa] (?:desde|con|de|do"
            + "|a partir d[eo]"
            + "|pelo|através d[eo]|via|com)(?: mi| meu| o| el)?|inviat[oa] (?:da|dal|con|tramite|via)(?: mio"
            + "| il mio| l['’])?"
            + "|(?:verzonden|verstuurd) (?:vanaf|met|via|vanuit|door)(?: mijn)?|skickat (?:från|med|via)(?: min)?"
            + "|sendt (?:fra|med|via)(?: min)?|lähetetty|wysłan[eoya] (?:z|ze|za pomocą|przez)(?: mojego)?"
            + "|odesláno (?:z|ze|pomocí)(?: mého)?|odoslané (?:z|zo)(?: môjho)?|trimis (?:de pe|din|de la|prin)"
            + "|отправлено (?:с|со|из|через)(?: моего)?|надіслано (?:з|із|від)(?: мого)?|изпратено (?:от|с)(?: моя)?"
            + "|στάλθηκε από(?: το)?|נשלח (?:מ|באמצעות)|\\p{L}\\p{M}?رسلت? من(?: الـ)?|được gửi từ|đã gửi từ"
            + "|gửi từ|dikirim (?:dari|dengan)"
            + "|poslano (?:s|sa|z|iz)|elküldve|ส่งจาก";
    private static final Pattern FORM = Pattern.compile("(?:" + BEGINS + ")[\\s-]*(?<what>\\S.{0,70}?)(?<short>$)",
            FLAGS);
    private static final Pattern TURNED = Pattern.compile("(?:(?:" + BEGINS + ")\\s(?<what>\\S.{0,70}?) (?:gesendet"
            + "|verschickt|geschrieben|versandt)|(?<short>\\S.{0,40}?)[\\s'’-]*(?:\\p{L}{1,6} )?(?:gönderildi|küldve"
            + "|elküldve))", FLAGS);
    private static final Pattern CJK = Pattern.compile("(?:从|從|发自|發自|來自|来自|寄自|通过|透過)\\s?.{1,30}(?:发送|發送|傳送|寄出)?"
            + "|.{1,30}(?:から送信(?:されました)?|에서 보냄|에서 보냈습니다|에서 전송됨)|(?:我的)?.{1,20}(?:发送自|傳送自).{0,20}", FLAGS);
    private static final Pattern OFFER = Pattern.compile("(?:[\\p{L}'’]{2,12} ){0,2}outlook (?:for|für|pour|para"
            + "|per|voor|til"
            + "|för|dla|для|pentru) (?:ios|android|mac|windows|iphone|ipad)(?: \\p{L}{3,14})?"
            + "|.{0,12}适用于.{1,12}outlook"
            + "|outlook for (?:ios|android).{0,8}", FLAGS);
    private static final Pattern FRAME = Pattern.compile("^[\\s<(\\[*_>-]+|[\\s>)\\]*_.!-]+$");
    private static final Pattern LINKED = Pattern.compile("\\[([^\\[\\]]{1,60})]\\(https?:[^\\s()]{1,200}\\)");
    private static final Pattern SHORT = Pattern.compile(
            "(?:\\p{L}{1,12} )?from (?:my )?(?:mobile|i?phone|ipad|android)(?: \\w{1,4})?|(?:sent"
            + "|written) by (?:my )?"
            + "(?:galaxy|i?phone|ipad|android|mobile|blackberry|samsung)(?: \\w{1,9}){0,2}", FLAGS);
    private static final Pattern LINK = Pattern.compile("[<(\\[]?\\s*(?:mailto:|https?:"
            + "|www\\.)[^\\s<>()]{1,200}[>)\\]]?");
    private static final Pattern EXCUSE = Pattern.compile(
            "[.,;–-]\\s*(?:so )?(?:please |pls )?(?:excuse|forgive|pardon|apologies|sorry|expect)\\b.*$", FLAGS);
    /// Marks of a sentence that no standard form contains.
    private static final Pattern SENTENCE = Pattern.compile("[,;?!:]|(?<=\\p{L}{3})\\. |(?<![\\p{L}’'])(?:is|are"
            + "|was|were|but"
            + "|and|because|please|not|nobody|yesterday|today|monday|tuesday|wednesday|thursday|friday|aber|und"
            + "|nicht|bitte"
            + "|et|mais|pero|però|maar|och|ich|i|we|it|that|when|me|crashes|asks)(?![\\p{L}’'])", FLAGS);

    private MobileFooters() {}

    static boolean isOne(String line) {
        if (line.length() > CHARS_MAX || line.length() < 4) return false;
        var bare = LINK.matcher(LINKED.matcher(line).replaceAll("$1")).replaceAll(" ");
        bare = EXCUSE.matcher(FRAME.matcher(bare).replaceAll("")).replaceAll("").strip();
        if (bare.isEmpty() || bare.split("\\s+").length > WORDS_MAX + 3) return false;
        if (CJK.matcher(bare).matches()) return DEVICE.matcher(bare).find() || bare.length() < 20;
        if (OFFER.matcher(bare).matches() || SHORT.matcher(bare).matches()) return true;
        return formed(FORM, bare) || formed(TURNED, bare);
    }

    private static boolean formed(Pattern form, String line) {
        var found = form.matcher(line);
        if (!found.matches()) return false;
        var what = found.group("what") == null ? found.group("short") : found.group("what");
        var words = List.of(what.split("\\s+"));
        if (SENTENCE.matcher(what).find() || words.size() > WORDS_MAX) return false;
        var first = String.join(" ", words.subList(0, Math.min(words.size(), FIRST_WORDS)));
        return DEVICE.matcher(first).find() || isBrand(line, words);
    }

    /// Only capitalised words and numbers, like product names, after an opening that says "my".
    private static boolean isBrand(String line, List<String> words) {
        return line.toLowerCase(Locale.ROOT).contains(" my ")
                && words.stream().noneMatch(word -> Character.isLowerCase(word.charAt(0)));
    }
}
