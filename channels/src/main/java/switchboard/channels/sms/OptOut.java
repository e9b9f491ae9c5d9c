package switchboard.channels.sms;

import java.util.Set;
import java.util.regex.Pattern;

/// Whether a text asks for no more texts, or for texts again. The carrier's own verdict (`OptOutType`) comes first,
/// then each language's words (`OptOutWords`), alone in the message apart from common additions. Any other phrasing
/// only raises a flag for an agent.
enum OptOut {
    STOP, START, HELP, PERHAPS, NO;

    /// A keyword with an addition has at most this many words; a sentence has more.
    private static final int SHORT_WORDS_MAX = 3;
    private static final Set<String> HARMLESS = Set.of("by", "at", "in", "over", "near", "the", "for", "working",
            "worked", "works", "light", "sign", "watch", "button", "on", "off", "to");
    /// Keywords that rarely begin or end any other message.
    private static final Set<String> KEYWORDS = Set.of("stop", "stopp", "stopall", "unsubscribe", "optout", "arret",
            "baja", "стоп", "abmelden", "afmelden", "td", "iptal");
    private static final Pattern HANDS = Pattern.compile("[🛑🚫⛔✋🖐🤚]");

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
        var core = Said.core(body);
        if (OptOutWords.stops(core)) return STOP;
        if (OptOutWords.starts(core)) return START;
        if (OptOutWords.helps(core)) return HELP;
        if (core.isEmpty()) return HANDS.matcher(body).find() ? PERHAPS : NO;
        return OptOutWords.signs(Said.folded(body)) || nearly(core) || leads(Said.firstLine(body)) ? PERHAPS : NO;
    }

    /// `STOP 36180`, `stop already`: too short for a sentence, and the keyword comes first or last.
    private static boolean nearly(String core) {
        var words = core.split(" ");
        if (words.length < 2 || words.length > SHORT_WORDS_MAX) return false;
        boolean leads = leads(words[0]) && !HARMLESS.contains(words[1]);
        boolean ends = leads(words[words.length - 1]) && !HARMLESS.contains(words[words.length - 2]);
        return leads || ends;
    }

    private static boolean leads(String word) {
        return KEYWORDS.contains(word);
    }
}
