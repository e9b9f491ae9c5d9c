package switchboard.channels.email.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener's certificate and key as two PEM files. It reloads them when either changes; while they can't be read,
/// the previous ones stay in use.
public final class PemFiles implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(PemFiles.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519", "Ed448");

    private record Read(SSLContext context, FileTime certificateAt, FileTime keyAt) {}

    private final Path certificate;
    private final Path key;
    private final Duration lookEvery;
    private Read current;
    private long lookedNanos;

    /// @param certificate the chain, the server's own certificate first
    /// @param key PKCS #8, unencrypted
    /// @throws IllegalArgumentException with a message for the operator
    public PemFiles(Path certificate, Path key) {
        this(certificate, key, LOOK_EVERY);
    }

    PemFiles(Path certificate, Path key, Duration lookEvery) {
        this.certificate = certificate;
        this.key = key;
        this.lookEvery = lookEvery;
        try {
            this.current = read();
        } catch (IOException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException(said(wrong), wrong);
        }
        this.lookedNanos = System.nanoTime();
    }

    @Override
    public synchronized SSLContext get() {
        if (System.nanoTime() - lookedNanos < lookEvery.toNanos()) return current.context();
        lookedNanos = System.nanoTime();
        try {
            boolean same = Files.getLastModifiedTime(certificate).equals(current.certificateAt())
                    && Files.getLastModifiedTime(key).equals(current.keyAt());
            if (!same) current = read();
        } catch (IOException | GeneralSecurityException wrong) {
            LOG.warn("the mail listener keeps its earlier certificate: {}", said(wrong));
        }
        return current.context();
    }

    private static String said(Exception wrong) {
        return wrong instanceof IOException ? "cannot read " + wrong.getMessage() : wrong.getMessage();
    }

    private Read read() throws IOException, GeneralSecurityException {
        var certificateAt = Files.getLastModifiedTime(certificate);
        var keyAt = Files.getLastModifiedTime(key);
        var chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)));
        if (chain.isEmpty()) throw new GeneralSecurityException(certificate + " holds no certificate");
        var privateKey = privateKey();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("smtp", privateKey, new char[0], chain.toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Read(context, certificateAt, keyAt);
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        var pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new GeneralSecurityException(key + " holds no key in PKCS #8 (BEGIN PRIVATE KEY) without a password");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                // try the next algorithm
            }
        }
        throw new GeneralSecurityException(key + " holds a key of an unknown kind");
    }
}
