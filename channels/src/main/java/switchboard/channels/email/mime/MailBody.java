package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import switchboard.channels.email.html.HtmlText;

/// What a reader sees of the part tree: text, HTML, files and embedded messages.
final class MailBody {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private boolean cut;

    static MailBody of(Part root) {
        var body = new MailBody();
        body.walk(root, false, true);
        return body;
    }

    /// The text part, or what the HTML says.
    String text() {
        return text.isEmpty() && !html.isEmpty() ? HtmlText.of(html.toString()) : text.toString();
    }

    String html() {
        return html.toString();
    }

    List<Attachment> attachments() {
        return List.copyOf(attachments);
    }

    List<byte[]> messages() {
        return messages;
    }

    boolean cut() {
        return cut;
    }

    private void walk(Part part, boolean related, boolean wanted) {
        if (part.multipart()) {
            container(part, related, wanted);
        } else if (part.type().equals("message/rfc822") || part.type().equals("message/global")) {
            messages.add(part.body());
            attach(part, "message.eml", false);
        } else if (isBody(part) && wanted) {
            show(part);
        } else if (!(isBody(part) && part.body().length == 0)) {
            attach(part, "", related);
        }
    }

    private void container(Part part, boolean related, boolean wanted) {
        var children = part.children();
        boolean alternative = part.type().equals("multipart/alternative");
        boolean inRelated = related || part.type().equals("multipart/related");
        for (var child : children) {
            boolean calendar = alternative && !child.multipart() && !isBody(child);
            walk(child, inRelated, wanted && !calendar);
        }
    }

    private static boolean isBody(Part part) {
        boolean plainOrHtml = part.type().equals("text/plain") || part.type().equals("text/html");
        return plainOrHtml && !part.attached() && part.fileName().isEmpty();
    }

    private void show(Part part) {
        var target = part.type().equals("text/html") ? html : text;
        var shown = part.text();
        int room = MailLimits.TEXT_CHARS_MAX - target.length();
        if (shown.length() > room) {
            cut = true;
            shown = shown.substring(0, Math.max(0, room));
        }
        if (!target.isEmpty() && !shown.isBlank()) target.append(target == html ? "\n<hr>\n" : "\n\n");
        target.append(shown);
    }

    private void attach(Part part, String fallback, boolean related) {
        var contentId = part.header("Content-ID").replaceAll("[<>\\s]", "");
        var name = part.fileName();
        boolean inline = !contentId.isEmpty() && !part.attached()
                && (related || part.value("Content-Disposition").strip().toLowerCase(Locale.ROOT).startsWith("inline"));
        attachments.add(new Attachment(name.isEmpty() ? fallback : name, part.type(), part.body().length, contentId,
                inline, part.body()));
    }
}
