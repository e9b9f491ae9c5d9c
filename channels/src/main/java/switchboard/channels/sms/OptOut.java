package switchboard.channels.sms;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a text asks for no more texts, or for texts again. The carrier's own verdict (`OptOutType`) comes first,
/// then the words that carriers agree on, alone in the message. Any other phrasing only raises a flag for an agent.
enum OptOut {
    STOP, START, HELP, PERHAPS, NO;

    private static final Set<String> STOPS =
            Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout");
    private static final Set<String> STARTS = Set.of("start", "yes", "unstop");
    private static final Set<String> HELPS = Set.of("help", "info");
    private static final Pattern EMPHASIS = Pattern.compile("[.!]+$");
    private static final Pattern PHRASES = Pattern.compile("(?i)\\b(please stop|stop (it|this|please|texting|messaging|"
            + "sending|contacting|writing)|unsubscribe|remove me|take me off|opt(ing)?[ -]?out|leave me alone|"
            + "(do not|don'?t|no more) (text|message|contact|write)(s|ing)?)\\b|退订|别再发|不要再发|停止发送|取消订阅|勿扰");

    static OptOut of(String optOutType, String body) {
        switch (optOutType) {
            case "STOP" -> {
                return STOP;
            }
            case "START" -> {
                return START;
            }
            case "HELP" -> {
                return HELP;
            }
            default -> { }
        }
        var word = EMPHASIS.matcher(body.strip()).replaceFirst("").toLowerCase(Locale.ROOT);
        if (STOPS.contains(word)) return STOP;
        if (STARTS.contains(word)) return START;
        if (HELPS.contains(word)) return HELP;
        return PHRASES.matcher(body).find() ? PERHAPS : NO;
    }
}
