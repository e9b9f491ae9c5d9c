package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;
import switchboard.channels.email.html.HtmlText;
import switchboard.ticketing.conversation.Appointment;

/// What a reader sees of the part tree: text, HTML, files and embedded messages.
final class MailBody {
    /// Text types that programs read: always files, even without a name.
    private static final Set<String> DATA = Set.of("text/calendar", "text/csv", "text/vcard", "text/x-vcard",
            "text/directory", "text/rtf", "text/xml", "text/rfc822-headers", "text/css", "text/javascript",
            "text/x-moz-deleted", "text/tab-separated-values");
    private static final Set<String> TAGGED = Set.of("text/enriched", "text/richtext");
    private static final Set<String> UNDONE = Set.of("x-uuencode", "x-uue");

    /// The maximum number of nested signatures to open.
    private static final int ENVELOPES_MAX = 3;

    /// @param text the plain form; empty for HTML only
    /// @param html empty for text only
    private record Shown(String text, String html) {
        static final Shown NOTHING = new Shown("", "");

        String words() {
            return text.isEmpty() && !html.isEmpty() ? HtmlText.of(html) : text;
        }

        String formatted() {
            return !html.isEmpty() || TextChoice.blank(text) ? html
                    : "<div style=\"white-space:pre-wrap\">" + Entities.escape(text) + "</div>";
        }
    }

    private final List<Attachment> attachments = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    /// Shown when the mail has no other text.
    private String otherwise = "";
    private Optional<Appointment> appointment = Optional.empty();
    /// Selects the body among the text parts: those that aren't files, else those shown inline, else a sole text part.
    private Predicate<Part> body;
    private int envelopes;
    private boolean cut;
    private final String text;
    private final String html;

    private MailBody(Part root) {
        body = firstFound(root);
        var shown = walk(root, false, true);
        var words = shown.words();
        text = cut(TextChoice.blank(words) && !otherwise.isEmpty() ? otherwise : words);
        html = cut(shown.html());
        appointment = appointment.map(one -> one.alone(html.isEmpty() && text.equals(Invitation.text(one))));
    }

    static MailBody of(Part root) {
        return new MailBody(root);
    }

    /// The text part, or what the HTML says.
    String text() {
        return text;
    }

    String html() {
        return html;
    }

    List<Attachment> attachments() {
        return List.copyOf(attachments);
    }

    List<byte[]> messages() {
        return messages;
    }

    /// The first appointment that can be read.
    Optional<Appointment> appointment() {
        return appointment;
    }

    boolean cut() {
        return cut;
    }

    /// Facts about the mail: `signed`, `encrypted`, `appointment`.
    Set<String> notes() {
        return notes;
    }

    private static Predicate<Part> firstFound(Part root) {
        if (any(root, part -> isText(part) && !part.attached() && part.fileName().isEmpty())) {
            return part -> !part.attached() && part.fileName().isEmpty();
        }
        if (any(root, part -> isText(part) && !part.attached())) return part -> !part.attached();
        return part -> part == root;
    }

    private static boolean any(Part part, Predicate<Part> wanted) {
        if (!part.multipart()) return wanted.test(part) && part.body().length > 0;
        return part.children().stream().anyMatch(child -> any(child, wanted));
    }

    private Shown walk(Part part, boolean related, boolean wanted) {
        if (part.multipart() && !part.children().isEmpty()) return container(part, related, wanted);
        if (SecureMail.isSmime(part)) return smime(part, related, wanted);
        if (Winmail.is(part)) return winmail(part, related);
        if (part.type().equals("message/rfc822") || part.type().equals("message/global")) {
            messages.add(part.body());
            attach(part, false);
            return Shown.NOTHING;
        }
        // When no boundary follows, the text before the first boundary is the body.
        boolean text = isText(part) || part.multipart();
        if (text && wanted && body.test(part)) {
            if (part.attached()) attach(part, related);
            return show(part);
        }
        if (!(text && part.body().length == 0)) attach(part, related);
        return Shown.NOTHING;
    }

    private Shown smime(Part part, boolean related, boolean wanted) {
        var inside = envelopes++ < ENVELOPES_MAX ? SecureMail.signed(part) : Optional.<Part>empty();
        if (inside.isPresent()) {
            notes.add("signed");
            return inside(inside.get(), related, wanted);
        }
        boolean encrypted = SecureMail.isEncrypted(part);
        if (encrypted) notes.add("encrypted");
        otherwise = encrypted ? SecureMail.ENCRYPTED_SMIME : SecureMail.UNREADABLE;
        attach(part, related);
        return Shown.NOTHING;
    }

    /// A nested message selects its body from its own parts.
    private Shown inside(Part message, boolean related, boolean wanted) {
        var outer = body;
        body = firstFound(message);
        var shown = walk(message, related, wanted);
        body = outer;
        return shown;
    }

    private Shown winmail(Part part, boolean related) {
        var opened = Winmail.open(part.body());
        if (opened.isEmpty()) {
            attach(part, related);
            return Shown.NOTHING;
        }
        attachments.addAll(opened.get().files());
        if (otherwise.isEmpty()) otherwise = opened.get().text();
        return Shown.NOTHING;
    }

    private Shown container(Part part, boolean related, boolean wanted) {
        if (part.type().equals("multipart/signed")) notes.add("signed");
        if (SecureMail.isPgp(part)) {
            notes.add("encrypted");
            otherwise = SecureMail.ENCRYPTED_PGP;
        }
        boolean alternative = part.type().equals("multipart/alternative");
        boolean inRelated = related || part.type().equals("multipart/related");
        boolean usual = alternative && any(part, child -> isUsual(child.type()));
        var shown = new ArrayList<Shown>();
        for (var child : part.children()) {
            // Forms of the text that only special programs show, such as watches or script viewers.
            boolean other = usual && child.type().startsWith("text/") && !isUsual(child.type()) && isText(child)
                    && child.fileName().isEmpty();
            if (!other) shown.add(walk(child, inRelated, wanted));
        }
        return alternative ? chosen(shown) : joined(shown);
    }

    private static boolean isUsual(String type) {
        return type.equals("text/plain") || type.equals("text/html");
    }

    private static boolean isText(Part part) {
        boolean readable = !part.transferEncoding().startsWith("x-") || UNDONE.contains(part.transferEncoding());
        return part.type().startsWith("text/") && !DATA.contains(part.type()) && readable;
    }

    private Shown show(Part part) {
        var text = part.text();
        if (part.type().equals("text/html")) return TextChoice.blank(text) ? Shown.NOTHING : new Shown("", text);
        return new Shown(TAGGED.contains(part.type()) ? HtmlText.of(text.replace("\n", "<br>")) : text, "");
    }

    /// Consecutive parts, each in its own form; if one is formatted, all are shown as HTML.
    private static Shown joined(List<Shown> parts) {
        var seen = parts.stream().filter(one -> !TextChoice.blank(one.text()) || !one.html().isEmpty()).toList();
        if (seen.isEmpty()) return parts.stream().filter(one -> !one.text().isEmpty()).findFirst()
                .orElse(Shown.NOTHING);
        if (seen.size() == 1) return seen.getFirst();
        boolean formatted = seen.stream().anyMatch(one -> !one.html().isEmpty());
        var text = seen.stream().map(Shown::words).filter(words -> !TextChoice.blank(words))
                .collect(Collectors.joining("\n\n"));
        return new Shown(text, formatted ? seen.stream().map(Shown::formatted).filter(one -> !one.isEmpty())
                .collect(Collectors.joining("\n<hr>\n")) : "");
    }

    /// Chooses between the forms of one text.
    private static Shown chosen(List<Shown> forms) {
        var plain = joined(forms.stream().filter(form -> form.html().isEmpty()).toList()).text();
        var rich = joined(forms.stream().filter(form -> !form.html().isEmpty()).toList());
        if (rich.html().isEmpty()) return new Shown(plain, "");
        if (!TextChoice.blank(plain) && !TextChoice.shows(rich.html())) return new Shown(plain, "");
        var words = rich.words();
        return new Shown(TextChoice.htmlSaysMore(plain, words) ? words : plain, rich.html());
    }

    private String cut(String shown) {
        if (shown.length() <= MailLimits.TEXT_CHARS_MAX) return shown;
        cut = true;
        return shown.substring(0, MailLimits.TEXT_CHARS_MAX);
    }

    private void attach(Part part, boolean related) {
        // This part only announces PGP, version 1.
        if (part.type().equals("application/pgp-encrypted")) return;
        if (Invitation.is(part.type())) {
            notes.add("appointment");
            if (appointment.isEmpty()) {
                appointment = Invitation.of(part);
                appointment.ifPresent(one -> otherwise = otherwise.isEmpty() ? Invitation.text(one) : otherwise);
            }
        }
        var contentId = part.header("Content-ID").replaceAll("[<>\\s]", "");
        boolean inline = !contentId.isEmpty() && !part.attached()
                && (related || part.value("Content-Disposition").strip().toLowerCase(Locale.ROOT).startsWith("inline"));
        // A calendar often comes twice: as a form of the text and as a file.
        var name = part.fileName();
        if (attachments.stream().anyMatch(file -> Invitation.is(file.type()) && Invitation.is(part.type())
                && Arrays.equals(file.bytes(), part.body()))) return;
        attachments.add(new Attachment(name.isEmpty() ? FileName.of(part.type(), attachments.size() + 1) : name,
                part.type(), part.body().length, contentId, inline, part.body()));
    }
}
