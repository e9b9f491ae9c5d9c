package switchboard.channels.email.report;

import java.util.List;
import java.util.regex.Pattern;

/// How mail systems say that a message did not arrive, in the languages that we have seen them use. Add a phrase here
/// to know another.
final class FailureWords {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /// Local parts and display names that are machines; like `SUBJECT` to be asked in lower case, since every mail is
    /// asked, and no letter of it then has to be turned at each place.
    static final List<String> SYSTEM_LOCAL_PARTS = List.of("daemon", "smtp");
    static final Pattern SYSTEM_LOCAL = Pattern.compile(
            "(?:post[-_.]?master.*|ndr|mailer|imss|mdaemon|mail[-_.]?(?:system|service|delivery.*)"
            + "|bounces?|system[-_. ]?admin.*)");
    static final Pattern SYSTEM_NAME = Pattern.compile(
            "(?=[dmps])(?:mail delivery|delivery (?:sub)?system|mailer[- ]?daemon"
            + "|mail (?:system|administrator|service)|post ?master|system administrator)|\\bndr\\b");
    static final Pattern QUIET_LOCAL = Pattern.compile("(?:do[-_.]?)?no[-_.]?t?[-_.]?reply.*");
    /// Not from within a word: nearly every subject has none of these, and is searched from its word beginnings only,
    /// where one of the first letters stands.
    static final Pattern SUBJECT = Pattern.compile(
            "(?<![a-z])(?=[cdfmnrtu[^\\x00-\\x7f]])(?:メール(?:送信)?エラー|(?:送信|配信)エラー|エラーメール|不達|宛先不明|送信できません"
            + "|undeliver(?:ed|able)|non[- ]?(?:delivery|remis)|(?:delivery|mail"
            + "|transmission)[^a-z]{0,3}(?:status )?(?:has )?(?:fail|delay|problem|notification|report"
            + "|error|warning)|failure (?:notice|delivery)|fail(?:ed|ure)[^a-z]{1,3}(?:mail|delivery)"
            + "|returned (?:mail|to sender)|returning (?:message )?to sender"
            + "|could not (?:be )?deliver|not (?:yet )?(?:been )?delivered|mail failed|message (?:delayed"
            + "|undelivered|delivery failure)|delivery failure"
            + "|unzustellbar|nicht zustell|fehler bei der zustellung|non (?:recapitabile|remis)|mancato recapito"
            + "|no se pudo entregar|devuelto|não entregue"
            + "|доставлено|недоставлен|не доставлен|退信|投递失败|系统退信|配信(?:不能|できません|失敗)|배달 (?:실패|못))");
    static final Pattern BODY = Pattern.compile(
            "undeliverable|non[- ]?delivery|(?:could|can|was|were|is|has|have) ?not (?:yet )?(?:been "
            + "|be )?(?:deliver|reach|process)|(?:un|not )able to (?:be )?(?:deliver|reach)"
            + "|unable to deliver|did not (?:reach|receive)|not delivered|couldn't be delivered|wasn't able to"
            + "|fail(?:ed|ure)? (?:permanently|recipient|address|to deliver)"
            + "|(?:address|recipient)(?:es|s)?(?:\\(e?s\\))? (?:failed"
            + "|had (?:permanent )?(?:fatal )?(?:delivery )?errors)|delivery (?:to .{0,60})?(?:has )?(?:failed"
            + "|aborted|delayed)"
            + "|permanent (?:fatal )?(?:delivery )?error|fatal (?:delivery )?errors|has been (?:returned|delayed"
            + "|postponed|rejected)|automatically rejected|delivery (?:failure|problems|failed)"
            + "|mailbox (?:is )?(?:full|unavailable)|(?:unknown|invalid|no such|no valid) (?:user|recipient|mailbox"
            + "|final delivery)|user (?:not known|unknown)|over (?:disk )?quota"
            + "|no longer valid|did not exactly match|error was detected while processing|doesn't have an? "
            + "|recipients? (?:was|were) aborted|encountered an error"
            + "|a délivré|pas pu etre delivre|n'a pas pu être|n'existe pas|konnte nicht (?:zugestellt|übermittelt)"
            + "|nicht zugestellt werden|no pudo ser entregad|não (?:pôde|foi)"
            + "|impossibile recapitare|non è stato possibile|не может быть доставлен|не удалось доставить"
            + "|невозможно доставить|kunde inte levereras|kon niet worden (?:bezorgd|afgeleverd)"
            + "|无法(?:发送|投递|送达)|投递失败|退信|被退回|(?:配信|送信|お届け)(?:することが)?できません|宛先(?:が)?不明|受信者(?:は|が)存在しません|配信不能"
            + "|전송하지 못", FLAGS);
    static final Pattern DELAY = Pattern.compile(
            "(?:has been|is|was|message) delayed|not yet (?:been )?(?:delivered|received)|still being retried"
            + "|warning (?:message )?only|this is (?:just|only) a (?:warning|notification about a delay)"
            + "|will (?:continue|keep) (?:to )?(?:try|attempt|be )|will be retried|attempts will (?:continue"
            + "|be made)|has been postponed|no need to resend|verzögert"
            + "|retardé|ha sido retrasado|отложен|暂时无法|遅延", FLAGS);
    /// Where the notice ends and the returned copy begins.
    static final Pattern COPY = Pattern.compile(
            "^[\\W_]{0,80}(?:this is a copy|(?:here is )?a copy of|below (?:this|the next) line|below is|(?:the "
            + "|your )?original message(?: (?:follows|attached|as received|headers?).*)?[\\W_]*$|returned mail"
            + "|returned message"
            + "|start of returned|message (?:headers?|text|body)? ?(?:follows|suppressed)|the header(?:s)? (?:of"
            + "|and)|unsent message|old message|forwarded message|your message reads"
            + "|included is a copy|the first \\d+ lines|a summary of the undelivered|mensaje original"
            + "|attachment is a copy).*$",
            FLAGS | Pattern.MULTILINE);
    static final Pattern SMTP_CODE =
            Pattern.compile("(?:^|[^\\d.])5[0-5]\\d[ -:]|(?:^|[^\\d.])[45]\\.\\d{1,3}\\.\\d{1,3}(?!\\d|\\.\\d)",
            Pattern.MULTILINE);

    private FailureWords() {}
}
