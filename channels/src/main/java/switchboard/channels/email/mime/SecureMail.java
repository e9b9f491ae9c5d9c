package switchboard.channels.email.mime;

import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/// Signed and encrypted mail (S/MIME, RFC 8551; PGP, RFC 3156). Signed content is unwrapped without verifying the
/// signature. Encrypted content can't be read here: one line says what arrived.
final class SecureMail {
    /// In both languages of the console, because the line also appears in lists and previews.
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

    /// The message inside a signature; empty when it can't be read.
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
