package switchboard.channels.email.mime;

import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/// Signed and encrypted mail (S/MIME, RFC 8551; PGP, RFC 3156). What is signed is opened and read; whether the
/// signature is good is not looked at. What is encrypted is for its reader alone: a line says what came.
final class SecureMail {
    /// Both languages of the console, since the line stands in lists and previews, too.
    static final String ENCRYPTED_SMIME = "Encrypted message (S/MIME) · 加密邮件 (S/MIME)";
    static final String ENCRYPTED_PGP = "Encrypted message (PGP) · 加密邮件 (PGP)";
    static final String UNREADABLE = "S/MIME message that cannot be opened · 无法打开的 S/MIME 邮件";

    private SecureMail() {}

    static boolean isSmime(Part part) {
        var type = part.type();
        return type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime")
                || type.equals("application/octet-stream")
                && part.fileName().toLowerCase(Locale.ROOT).endsWith("smime.p7m");
    }

    static boolean isPgp(Part part) {
        return part.type().equals("multipart/encrypted");
    }

    static boolean isEncrypted(Part part) {
        if (part.parameter("Content-Type", "smime-type").toLowerCase(Locale.ROOT).contains("enveloped")) return true;
        try {
            var type = ContentInfo.getInstance(part.body()).getContentType();
            return type.equals(CMSObjectIdentifiers.envelopedData)
                    || type.equals(CMSObjectIdentifiers.authEnvelopedData);
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /// The message inside a signature; empty where there is none to be read.
    static Optional<Part> signed(Part part) {
        try {
            var content = new CMSSignedData(part.body()).getSignedContent();
            return content != null && content.getContent() instanceof byte[] bytes && bytes.length > 0
                    ? Optional.of(Part.read(bytes)) : Optional.empty();
        } catch (CMSException | RuntimeException | StackOverflowError broken) {
            return Optional.empty();
        }
    }
}
