package switchboard.channels.email.mime;

import java.util.Map;
import java.util.regex.Pattern;

/// The name that a file is shown and saved under: never a path, never empty, and always with its extension visible at
/// the end.
final class FileName {
    static final int CHARS_MAX = 255;
    private static final int EXTENSION_CHARS_MAX = 12;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern PATH =
            Pattern.compile("^(?:[A-Za-z]:[/\\\\]|[/\\\\]|~/|\\.{1,2}[/\\\\]|file:).*|.*\\\\.*", Pattern.DOTALL);
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("application/pdf", "pdf"), Map.entry("application/zip", "zip"),
            Map.entry("application/msword", "doc"), Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.ms-powerpoint", "ppt"), Map.entry("application/rtf", "rtf"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            Map.entry("application/json", "json"), Map.entry("application/xml", "xml"), Map.entry("text/xml", "xml"),
            Map.entry("application/pkcs7-mime", "p7m"), Map.entry("application/x-pkcs7-mime", "p7m"),
            Map.entry("application/pkcs7-signature", "p7s"), Map.entry("application/x-pkcs7-signature", "p7s"),
            Map.entry("application/pgp-signature", "asc"), Map.entry("application/pgp-keys", "asc"),
            Map.entry("application/pgp-encrypted", "asc"), Map.entry("application/ms-tnef", "dat"),
            Map.entry("text/plain", "txt"), Map.entry("text/html", "html"), Map.entry("text/csv", "csv"),
            Map.entry("text/calendar", "ics"), Map.entry("application/ics", "ics"), Map.entry("text/vcard", "vcf"),
            Map.entry("text/x-vcard", "vcf"), Map.entry("text/rtf", "rtf"), Map.entry("text/markdown", "md"),
            Map.entry("text/rfc822-headers", "txt"), Map.entry("message/delivery-status", "txt"),
            Map.entry("message/disposition-notification", "txt"), Map.entry("message/feedback-report", "txt"),
            Map.entry("image/jpeg", "jpg"), Map.entry("image/jpg", "jpg"), Map.entry("image/png", "png"),
            Map.entry("image/gif", "gif"), Map.entry("image/webp", "webp"), Map.entry("image/heic", "heic"),
            Map.entry("image/tiff", "tif"), Map.entry("image/svg+xml", "svg"), Map.entry("image/bmp", "bmp"),
            Map.entry("audio/mpeg", "mp3"), Map.entry("audio/mp4", "m4a"), Map.entry("audio/wav", "wav"),
            Map.entry("audio/ogg", "ogg"), Map.entry("audio/amr", "amr"), Map.entry("video/mp4", "mp4"),
            Map.entry("video/quicktime", "mov"), Map.entry("video/3gpp", "3gp"));

    private FileName() {}

    /// The sender's name made fit to show; empty when nothing usable is left.
    static String shown(String sent) {
        var name = blanks(UNSEEN.matcher(sent).replaceAll("")).strip();
        if (PATH.matcher(name).matches()) {
            name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).strip();
        }
        name = name.replace('/', '_');
        return name.chars().allMatch(c -> c == '.') ? "" : cut(name);
    }

    private static String blanks(String name) {
        return name.replace('\u00a0', ' ').replace('\u3000', ' ');
    }

    /// Cuts the middle, because the end tells what the file is.
    private static String cut(String name) {
        if (name.length() <= CHARS_MAX) return name;
        int dot = name.lastIndexOf('.');
        var end = dot > 0 && name.length() - dot <= EXTENSION_CHARS_MAX ? name.substring(dot) : "";
        int room = CHARS_MAX - end.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(room - 1)) ? room - 1 : room) + end;
    }

    /// Names a file that came without a name.
    ///
    /// @param number its position among the message's files, from 1
    static String of(String type, int number) {
        switch (type) {
            case "text/calendar", "application/ics" -> { return "invite.ics"; }
            case "message/rfc822", "message/global" -> { return "message.eml"; }
            case "application/pgp-signature" -> { return "signature.asc"; }
            case "application/pkcs7-signature", "application/x-pkcs7-signature" -> { return "smime.p7s"; }
            case "application/pkcs7-mime", "application/x-pkcs7-mime" -> { return "smime.p7m"; }
            case "application/ms-tnef", "application/vnd.ms-tnef" -> { return "winmail.dat"; }
            default -> { }
        }
        var extension = EXTENSIONS.get(type);
        return (type.startsWith("image/") ? "image-" : "attachment-") + number
                + (extension == null ? "" : "." + extension);
    }
}
