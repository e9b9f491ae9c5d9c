package switchboard.channels.email.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.Part;
import switchboard.channels.email.mime.ReportedRecipient;

/// A failure report in plain words, recognised by several signs. From a machine, failure words are enough. From a
/// person it takes a failure subject, a transport that only machines use, and one more trace of a mail system.
final class FailureNotice {
    private static final int NOTICE_CHARS_MAX = 20_000;
    /// Addresses merely mentioned in passing are believed while they are few; a page of examples names nobody.
    private static final int MENTIONED_MAX = 2;
    private static final String ADDRESS =
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\\\\-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}";
    private static final Pattern ANY = Pattern.compile(ADDRESS);
    /// The address stands first on its line, but for bullets, quotes and brackets, as in a list of failed recipients.
    private static final Pattern LISTED = Pattern.compile(
            "^(?:[\\s>*|.#<\"'(-]|&lt;){0,40}(?:\"[^\"]{1,80}\"\\s{0,3}<)?(" + ADDRESS
            + ")(?:[>\"')]|&gt;){0,3}\\s{0,4}(?:[:,;(]|\\.\\.\\.|- |on \\p{L}|$)");
    private static final Pattern NAMED = Pattern.compile(
            "(?:recipients?|address|user|userid|account|mailbox|error-for|smtp|deliver(?:ed|able)?|message"
            + "|addressed|delivery|full|attempts|quota[ \\w]{0,20}|expanded|generated|gateway)"
            + "(?: (?:to|for|from))?[\\s:=<\"'\\[(,]{1,6}(?:to |for |from )?(?:local user )?[<\"'\\[(]{0,2}(?:smtp:"
            + "|rfc822;)?(" + ADDRESS + ")", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADER_LINE = Pattern.compile(
            "^\\s*>?\\s*(?:to|cc|from|sender|reply-to|message-id|date|subject|sent|received|return-path|references"
            + "|in-reply-to|x-[\\w-]+|by|with)\\s{0,3}:", Pattern.CASE_INSENSITIVE);
    private static final Pattern BYSTANDER_LINE = Pattern.compile(
            "(?<!generated |expanded )\\bfrom \\S{1,64}@|contact|assistance|questions?|please (?:send|report"
            + "|forward|e-?mail)|https?://|mailto:|message-id", Pattern.CASE_INSENSITIVE);
    /// Names the address that a failed address was generated from; the address we wrote to stands above.
    private static final Pattern DERIVED_LINE =
            Pattern.compile("^[\\s(]*generated from\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFICE =
            Pattern.compile("(?:postmaster|mailer-?daemon|abuse|hostmaster|support|helpdesk|root|noc)",
            Pattern.CASE_INSENSITIVE);

    private final Part root;
    private final String text;
    private final List<MailAddress> senders;
    private final boolean machine;
    private final boolean standardForm;
    /// What the mail system itself says, without the returned copy; like `own` null until somebody asks.
    private String notice;
    private Set<String> own;
    /// Whether sender, recipient and administrative addresses are ruled out as failed recipients; they count only when
    /// no other address is named.
    private boolean sparing = true;

    private FailureNotice(Part root, String text, List<MailAddress> senders, boolean machine, boolean standardForm) {
        this.root = root;
        this.text = text;
        this.senders = senders;
        this.machine = machine;
        this.standardForm = standardForm;
    }

    static FailureNotice of(Part root, List<MailAddress> senders, String text, boolean standardForm) {
        return new FailureNotice(root, text.length() > NOTICE_CHARS_MAX ? text.substring(0, NOTICE_CHARS_MAX) : text,
                senders, isMachine(root, senders), standardForm);
    }

    /// Who wrote and to whom: reported is somebody else.
    private Set<String> own() {
        if (own == null) {
            own = senders.stream().map(a -> a.address().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            var to = ANY.matcher(root.header("To"));
            while (to.find()) own.add(to.group().toLowerCase(Locale.ROOT));
        }
        return own;
    }

    private String notice() {
        if (notice == null) {
            var copy = FailureWords.COPY.matcher(text);
            notice = copy.find() ? text.substring(0, copy.start()) : text;
        }
        return notice;
    }

    static boolean isMachine(Part root, List<MailAddress> senders) {
        return senders.isEmpty() || root.has("X-Failed-Recipients")
                || senders.stream().anyMatch(s -> isSystem(lower(s.local()))
                || FailureWords.SYSTEM_NAME.matcher(lower(s.name())).find());
    }

    private static boolean isSystem(String local) {
        return FailureWords.SYSTEM_LOCAL_PARTS.stream().anyMatch(local::contains)
                || FailureWords.SYSTEM_LOCAL.matcher(local).matches();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The text is searched last: nearly every mail is a person's, and its headers say so.
    boolean convincing() {
        if (root.has("X-Failed-Recipients") || standardForm && machine) return true;
        boolean subject = FailureWords.SUBJECT.matcher(lower(root.header("Subject"))).find();
        if (machine) return subject || words();
        if (standardForm) return words();
        if (quietSender()) return (subject || sentByMachine()) && traces() > 0 && words();
        return subject && !root.has("List-Id") && !root.has("List-Post") && sentByMachine() && words()
                && traces() >= 2;
    }

    /// A no-reply address is a machine's, but most of its mail is about parcels and invoices.
    private boolean quietSender() {
        return senders.stream().anyMatch(s -> FailureWords.QUIET_LOCAL.matcher(lower(s.local())).matches());
    }

    private boolean words() {
        return FailureWords.BODY.matcher(notice()).find() || FailureWords.DELAY.matcher(notice()).find();
    }

    /// What only a mail system leaves behind.
    private int traces() {
        int traces = 0;
        if (notice().length() < text.length()) traces++;
        if (BounceReport.find(root, "message/rfc822").isPresent()) traces++;
        if (FailureWords.SMTP_CODE.matcher(notice()).find()) traces++;
        return sentByMachine() ? traces + 1 : traces;
    }

    /// A person may paste everything else from a report, but not its transport.
    private boolean sentByMachine() {
        return root.all("Return-Path").stream()
                .anyMatch(v -> v.equals("<>") || v.toUpperCase(Locale.ROOT).startsWith("<MAILER-DAEMON"))
                || root.header("Auto-Submitted").toLowerCase(Locale.ROOT).startsWith("auto-");
    }

    boolean delayed() {
        return FailureWords.DELAY.matcher(notice()).find();
    }

    List<ReportedRecipient> recipients() {
        var named = new LinkedHashMap<String, String>();
        ANY.matcher(root.header("X-Failed-Recipients")).results()
                .forEach(r -> named.putIfAbsent(lower(r.group()), r.group()));
        var found = named.isEmpty() ? inWords() : named;
        if (found.isEmpty()) {
            // The mail was addressed to its own sender or to the reporting address.
            sparing = false;
            found = inWords();
        }
        boolean permanent = !delayed();
        return found.values().stream().map(a -> new ReportedRecipient(a, permanent)).toList();
    }

    private Map<String, String> inWords() {
        var listed = new LinkedHashMap<String, String>();
        var mentioned = new LinkedHashMap<String, String>();
        var headers = new LinkedHashMap<String, String>();
        for (var line : notice().lines().toList()) {
            if (line.length() > 2_000 || DERIVED_LINE.matcher(line).find() && !listed.isEmpty()) continue;
            if (HEADER_LINE.matcher(line).find()) {
                if (!line.stripLeading().regionMatches(true, 0, "from", 0, 4))
                        ANY.matcher(line).results().forEach(r -> keep(headers, r.group()));
            } else if (!BYSTANDER_LINE.matcher(line).find()) {
                ANY.matcher(line).results().forEach(r -> keep(mentioned, r.group()));
            }
            if (!HEADER_LINE.matcher(line).find()) {
                var first = LISTED.matcher(line);
                if (first.find()) keep(listed, first.group(1));
                else if (!BYSTANDER_LINE.matcher(line).find())
                        NAMED.matcher(line).results().forEach(r -> keep(listed, r.group(1)));
            }
        }
        boolean telling = !mentioned.isEmpty() && mentioned.size() <= MENTIONED_MAX;
        if (!listed.isEmpty() || !sparing) return listed;
        return telling ? mentioned : mentioned.isEmpty() ? headers : Map.of();
    }

    private void keep(LinkedHashMap<String, String> into, String found) {
        var address = found.replaceFirst("(?i)^.{0,40}smtp=", "");
        var key = address.toLowerCase(Locale.ROOT);
        var local = key.substring(0, key.indexOf('@'));
        if (sparing && (own().contains(key) || OFFICE.matcher(local).matches()) || local.contains("..")) return;
        into.putIfAbsent(key, address);
    }
}
