package switchboard.channels.voice;

import com.twilio.twiml.voice.Say;

/// What the line says, in the two languages of our callers.
enum Wording {
    HELLO("Welcome.", "欢迎致电。"),
    PRESS("For %s, press %s.", "%s，请按 %s。"),
    AGAIN("Sorry, I did not understand.", "抱歉，没有听清。"),
    CONNECTING("Please hold, we are looking for somebody who can help.", "请稍候，正在为您转接。"),
    POSITION("You are number %s in the queue.", "您排在第 %s 位，请稍候。"),
    NEXT("You are next.", "即将为您接通。"),
    LEAVE_WORD("To leave a message, press 1.", "留言请按 1。"),
    CALL_ME("To be called back, press 2.", "需要回电请按 2。"),
    AFTER_TONE("Nobody can take your call now. Please leave a message after the tone, "
            + "and press the hash key when you are done.",
            "暂时无人接听。请在提示音后留言，留言完毕请按井号键。"),
    THANKS("Thank you, we have your message.", "谢谢，已收到您的留言。"),
    CALLBACK("Thank you. We will call you back.", "谢谢，我们会尽快给您回电。"),
    GOODBYE("Thank you for calling. Goodbye.", "感谢来电，再见。"),
    GONE("The caller is not there any more.", "来电者已挂断。"),
    MOMENT("One moment, please.", "请稍等。"),
    SORRY("We are sorry, we cannot take your call. Please call again later.", "抱歉，暂时无法接听，请稍后再拨。"),
    ON_HOLD("You are on hold, we are back with you in a moment.", "通话保持中，请稍候。");

    private final String english;
    private final String chinese;

    Wording(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    String in(String language, Object... values) {
        return (chinese(language) ? chinese : english).formatted(values);
    }

    Say say(String language, Object... values) {
        return say(in(language, values), language);
    }

    /// A document that has a character which XML does not know would be refused as a whole.
    static Say say(String text, String language) {
        var clean = text.replaceAll("[^\\t\\n\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ").strip();
        var say = new Say.Builder(clean.isEmpty() ? "." : clean);
        return chinese(language) ? say.language(Say.Language.CMN_CN).voice(Say.Voice.POLLY_ZHIYU).build()
                : say.language(Say.Language.EN_GB).voice(Say.Voice.POLLY_AMY).build();
    }

    private static boolean chinese(String language) {
        return language.startsWith("zh");
    }
}
