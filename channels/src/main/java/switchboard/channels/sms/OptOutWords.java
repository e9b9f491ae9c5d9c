package switchboard.channels.sms;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words that stop texts and resume them, by language. A word is listed only if it can hardly mean anything else
/// when it is the whole message; a word that also cancels an order only raises a flag.
///
/// Carriers' lists: CTIA and Twilio's defaults (en), AF2M (fr), MIIT's practice of T and TD (zh).
enum OptOutWords {
    EN("stop, stopall, stop all, end, quit, cancel, revoke, unsubscribe, unsubscribe me, unsubscribe all, "
            + "unsuscribe, unsubscribed, optout, opt out, opt me out, remove me, stop sms, stop texts, "
            + "stop messages, stop now",
            "start, yes, unstop, optin, opt in, subscribe, resume",
            "help, info",
            "please stop|stop (it|this|that|please|texting|messaging|sending|contacting|writing|calling|spamming)"
                    + "|unsubscribe|remove me|take me off|opt(ing|ed)? ?out|leave me alone|wrong number"
                    + "|no more (texts?|messages?|sms)|(stp|sotp)(?!\\p{L})"
                    + "|(do not|don ?t|never) (text|message|contact|write|sms|bother)"),
    ZH("退订, 退訂, 退定, t, td, tuiding, 拒收, 停止, 停发, 停止发送, 停止發送, 停止接收, 取消订阅, 取消訂閱, 不再接收, 回复t, 回复td, 回覆td, "
            + "退订短信, 我要退订, 我要退訂, 请退订",
            "开始, 開始, 订阅, 訂閱, 恢复订阅, 恢復訂閱, 恢复, 恢復",
            "帮助, 幫助",
            "退订|退訂|退定|拒收|勿扰|勿擾|骚扰|騷擾|拉黑|取消订阅|取消訂閱|停止发|停止發|(别|別|不要|不用|莫|不许|不准)(再|给我|給我)*(发|發|联系|聯繫|打扰|打擾|推送)"
                    + "|不想(再)?(收到|接收)|^r$|^0000$|^00000$"),
    FR("arret, arreter, arretez, desabonner, desabonnement, desabonnez moi, me desabonner, desinscrire, desinscription,"
            + " se desabonner, stop pub",
            "reprendre, reprise, debut, abonner, reabonner", "aide",
            "arretez de|cessez de|plus (de|aucun) (sms|messages?|textos?|pub)|desabonn|desinscri|laissez moi tranquille"
                    + "|ne (m|me|nous)? ?(envoyez|ecrivez|contactez|derangez) (plus|pas)"),
    ES("baja, alto, parar, detener, darme de baja, dar de baja, denme de baja, dame de baja, no mas, no mas mensajes",
            "alta, iniciar, comenzar, empezar", "ayuda",
            "dar(me)? de baja|den(me)? de baja|dejen? de|no (me )?(escrib|envi|mand|contact|molest|llam)"
                    + "|no quiero (recibir|mas)|cancelar (la )?suscripcion|^cancelar$"),
    DE("stopp, abmelden, abmeldung, abbestellen, abbestellung, austragen, abmelden bitte, keine sms mehr",
            "anmelden, starten", "hilfe",
            "abmeld|abbestell|austragen"
                    + "|(keine|nie wieder|nicht mehr).{0,20}(sms|nachricht|werbung|schreib|kontakt|meld)"
                    + "|schreib(en|t)? (sie )?mir nicht|hor(en sie|t)? (endlich )?auf|lass(t|en sie)? mich in ruhe"),
    IT("ferma, fermare, fermati, basta, disiscrivimi, disiscrizione, cancellami, disdetta, disdici",
            "inizio, iniziare, riprendi, iscrivimi", "aiuto",
            "disiscriv|cancella(temi|rmi|mi)|smette(te|tela)|non (mi )?(scriv|mand|invi|contatt|disturb)"
                    + "|(scrivete|mandate|inviate|contattate)mi piu"),
    PT("pare, sair, descadastrar, descadastro, remover, cancelar assinatura, cancelar inscricao", "comecar, voltar",
            "ajuda", "descadastr|pare(m)? de|nao (me )?(envi|mand|escrev|contat|quero receber)|nao quero mais"),
    NL("stoppen, afmelden, uitschrijven, afmelding, uitschrijving", "aanmelden, beginnen", "",
            "afmeld|uitschrijv|geen (sms|berichten|reclame)|niet meer (sms|bericht|schrijv|stur)|laat me met rust"),
    PL("rezygnuje, rezygnacja, wypisz, wypisz mnie, wypisuje sie, zrezygnuj", "wznow, zapisz", "pomoc",
            "wypis|rezygn|przestan|nie (pisz|wysylaj|przysylaj|kontakt|chce)"),
    RU("стоп, отписаться, отписка, отпишите, отпишите меня, отпишись, отписать, відписатися",
            "старт, подписаться, возобновить", "помощь",
            "отпис|відпис|хватит (писать|слать|присылать)|не (пишите|присылайте|отправляйте|беспокойте|надо писать)"
                    + "|прекратите|перестаньте|^отмена$"),
    JA("停止, 配信停止, 配信解除, 登録解除, 解除, 退会, ストップ, 受信拒否", "再開, 登録", "ヘルプ",
            "配信(停止|解除)|送(らないで|るな)|登録解除|やめて(ください|下さい|くれ)|連絡しないで"),
    KO("수신거부, 수신 거부, 중지, 정지, 거부, 해지, 구독취소, 구독 취소, 스톱, 그만", "시작, 재개", "도움말",
            "수신 ?거부|구독 ?취소|보내지 ?마|연락하지 ?마|그만 ?보내"),
    TR("dur, durdur, ret, iptal, abonelik iptal, listeden cik", "basla, baslat", "yardim",
            "mesaj (atma|gonderme)|gondermeyin|yazmayin|aramayin|listeden cikar|istemiyorum"),
    NORDIC("avsluta, avregistrera, avmeld, afmeld, frameld, meld av, lopeta, peru tilaus", "", "hjalp, hjelp",
            "avregistrera|avmeld|afmeld|framelding|skicka inte|ikke send|send ikke|lopeta"),
    CENTRAL("odhlasit, zrusit odber, leiratkozas, leiratkozom, dezabonare, dezabonez, διακοπη, одјава", "", "",
            "odhlas|leiratkoz|dezabon|ne (piste|posilejte)|μη (στελνετε|γραφετε)"),
    SEMITIC("توقف, ايقاف, الغاء الاشتراك, الغاء, קף, הסר, הסרה, עצור", "اشتراك, ابدا", "مساعدة",
            "الغاء الاشتراك|لا ترسل|توقفوا|תסירו|הסירו|להסיר|אל תשלחו"),
    SOUTH_EAST("huy, tu choi, berhenti, ยกเลิก, หยุด", "", "", "hentikan|jangan (kirim|hubungi)|dung (gui|nhan)");

    private final Set<String> stops;
    private final Set<String> starts;
    private final Set<String> helps;
    private final Pattern signs;

    /// Words in the form of `Said.folded`: lower-case, without accents and signs.
    OptOutWords(String stops, String starts, String helps, String signs) {
        this.stops = words(stops);
        this.starts = words(starts);
        this.helps = words(helps);
        this.signs = Pattern.compile("(?<![\\p{L}&&[\\p{IsLatin}\\p{IsCyrillic}]])(?:" + signs.replace('й', 'и') + ")");
    }

    private static Set<String> words(String list) {
        return Stream.of(list.split(", *")).map(Said::folded).filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static final List<OptOutWords> ALL = List.of(values());

    static boolean stops(String words) {
        return ALL.stream().anyMatch(one -> one.stops.contains(words));
    }

    static boolean starts(String words) {
        return ALL.stream().anyMatch(one -> one.starts.contains(words));
    }

    static boolean helps(String words) {
        return ALL.stream().anyMatch(one -> one.helps.contains(words));
    }

    /// Whether a sentence may ask to stop texts.
    static boolean signs(String words) {
        return ALL.stream().anyMatch(one -> one.signs.matcher(words).find());
    }
}
