package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D03")
class OptOutTest {
    @ParameterizedTest
    @ValueSource(strings = {"STOP", "stop.", " Stop! ", "\"STOP\"", "“Stop”", "‘stop’", "«STOP»", "'stop'", "(stop)",
            "ＳＴＯＰ", "ｓｔｏｐ", "STOP ALL", "stop-all", "STOPALL", "S T O P", "s.t.o.p", "Stop 🛑",
            "🙏 stop 🙏", "STOP 😡😡",
            "Stop thanks", "STOP, thank you!", "please stop", "Stop please", "Stop stop stop", "stop stop",
            "STOP\n--\nAnna Schmidt\nSchmidt & Co.", "Stop\n\nSent from my iPhone", "STOP\nAnna", "STOP\nAnna Schmidt",
            "Stop\n发自我的iPhone", "STOP\nVon meinem iPhone gesendet", "Unsubscribe", "unsubscribe me", "opt-out",
            "Opt out", "END", "cancel", "quit", "revoke", "remove me please", "ＵＮＳＵＢＳＣＲＩＢＥ",
            "退订", "退訂", "退订！", "退订谢谢", "请退订", "【退订】", "ＴＤ", "TD", "td", "T", "t.", "回复TD", "拒收", "取消订阅", "取消訂閱",
            "我要退订", "停止发送",
            "ARRET", "Arrêt", "arrêt svp", "Désabonner", "Me désabonner", "STOP merci",
            "BAJA", "baja por favor", "ALTO", "Darme de baja", "STOPP", "Abmelden", "abmelden bitte", "Abbestellen",
            "Stop danke", "FERMA", "Basta!", "Disiscrivimi", "PARE", "SAIR", "Descadastrar", "Afmelden", "Uitschrijven",
            "Rezygnuję", "Wypisz mnie", "СТОП", "Отписаться", "Стоп, спасибо", "отпишите меня пожалуйста",
            "停止", "配信停止", "配信停止してください", "解除", "수신거부", "수신 거부", "중지", "IPTAL", "İPTAL", "RET", "Dur",
            "Avsluta", "הסר", "توقف", "إيقاف", "HUY", "ยกเลิก"})
    void aClearWishBlocks(String body) {
        assertEquals(OptOut.STOP, OptOut.of("", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"please stop texting me", "Stop it", "STOP 36180", "I said STOP", "stop already",
            "Do not text me again", "don't contact me", "Remove me from your list", "take me off this list",
            "please unsubscribe my number", "leave me alone", "No more messages", "wrong number, remove me", "🛑", "✋",
            "不要再发了", "别再给我发短信", "請勿打擾，不要再發", "怎么退订？", "不想再收到短信", "Ne m'envoyez plus de SMS",
            "Arrêtez de m'écrire", "No me escriban más", "Dejen de molestar", "Schreiben Sie mir nicht mehr",
            "Bitte keine SMS mehr schicken", "Non scrivetemi più", "Não me envie mais mensagens", "Geen berichten meer",
            "Nie piszcie do mnie", "Не пишите мне больше", "хватит писать", "もう送らないでください", "보내지 마세요",
            "Mesaj atmayın, istemiyorum", "sotp", "cancelar", "Отмена", "Stop\nthe blue one was wrong"})
    void anUnclearWishIsForAPerson(String body) {
        assertEquals(OptOut.PERHAPS, OptOut.of("", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Does the bus stop near your shop?", "The zip will not stop coming apart",
            "I will stop by tomorrow", "Stop by at six?", "The stop button on my lamp is broken", "Non-stop flight bag",
            "Where is my order?", "Can I cancel my order?", "At the end of the month", "The end of the strap is torn",
            "T-shirt size M", "I want to start a return", "No", "ok", "", "...", "1600", "我的包坏了", "停车场在哪里",
            "Das Schloss stoppt nicht", "La correa se rompió", "Где мой заказ?", "注文はどこですか", "Is it full stop?",
            "My package got stopped at customs", "Durable bag?", "retour", "alto y claro, gracias"})
    void aSentenceThatOnlyHasTheWordIsNone(String body) {
        assertEquals(OptOut.NO, OptOut.of("", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start!", "“Start”", "YES", "Unstop", "ＳＴＡＲＴ", "start please", "开始", "订阅", "ALTA",
            "Reprendre", "СТАРТ", "再開", "시작", "Anmelden"})
    void aClearWishForTextsTakesItBack(String body) {
        assertEquals(OptOut.START, OptOut.of("", body));
    }

    @Test void theCarriersVerdictComesFirst() {
        assertEquals(OptOut.STOP, OptOut.of("STOP", "whatever"));
        assertEquals(OptOut.START, OptOut.of("START", "stop"));
        assertEquals(OptOut.HELP, OptOut.of("HELP", "hilfe"));
        assertEquals(OptOut.HELP, OptOut.of("", "HELP"));
    }
}
