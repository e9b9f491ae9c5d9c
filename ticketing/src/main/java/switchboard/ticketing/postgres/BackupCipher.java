package switchboard.ticketing.postgres;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.SecureRandom;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// A backup's encryption: an OpenPGP message (RFC 9580) under a passphrase, which other programs open too. AES-256 in
/// chunks that are each authenticated, and a last word that tells a file that was cut off; the key by Argon2id.
final class BackupCipher {
    /// Memory of 64 MiB for each guess at a passphrase.
    private static final int MEMORY_EXPONENT = 16;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    /// Chunks of 64 KiB: 2 to the power of this and six more.
    private static final int CHUNK = 10;
    private static final int BUFFER = 1 << 16;

    private BackupCipher() {}

    /// The passphrase does not open the file.
    static final class Locked extends IOException {
        private static final long serialVersionUID = 1L;

        Locked(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// Closing the stream ends the message and closes `out`.
    static OutputStream encrypting(OutputStream out, String passphrase) throws IOException {
        var random = new SecureRandom();
        var messages = new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setUseV6AEAD().setWithAEAD(AEADAlgorithmTags.OCB, CHUNK).setSecureRandom(random));
        messages.addMethod(new BcPBEKeyEncryptionMethodGenerator(passphrase.toCharArray(),
                new S2K.Argon2Params(PASSES, LANES, MEMORY_EXPONENT, random)).setSecureRandom(random));
        try {
            var message = messages.open(out, new byte[BUFFER]);
            var literal = new PGPLiteralDataGenerator().open(message, PGPLiteralData.BINARY, "", PGPLiteralData.NOW,
                    new byte[BUFFER]);
            return new Layers(literal, message, out);
        } catch (PGPException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    /// Read to its end, the stream has found every chunk and the message's end to be as they were written.
    ///
    /// @throws Locked when the passphrase is another one
    static InputStream decrypting(InputStream file, String passphrase) throws IOException {
        try {
            if (!(new BcPGPObjectFactory(file).nextObject() instanceof PGPEncryptedDataList list)
                    || !(list.get(0) instanceof PGPPBEEncryptedData message)) {
                throw new IOException("no message under a passphrase");
            }
            var inside = opened(message, passphrase);
            if (!(new BcPGPObjectFactory(inside).nextObject() instanceof PGPLiteralData literal)) {
                throw new IOException("nothing in the message");
            }
            return new SequenceInputStream(literal.getInputStream(), inside);
        } catch (RuntimeException malformed) {
            throw new IOException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static InputStream opened(PGPPBEEncryptedData message, String passphrase) throws Locked {
        try {
            return message.getDataStream(new BcPBEDataDecryptorFactory(passphrase.toCharArray(),
                    new BcPGPDigestCalculatorProvider()));
        } catch (PGPException wrong) {
            throw new Locked(wrong);
        }
    }

    /// What is written goes into the innermost; all are closed from the inside out.
    private static final class Layers extends FilterOutputStream {
        private final OutputStream message;
        private final OutputStream file;

        Layers(OutputStream literal, OutputStream message, OutputStream file) {
            super(literal);
            this.message = message;
            this.file = file;
        }

        @Override
        public void write(byte[] some, int from, int count) throws IOException {
            out.write(some, from, count);
        }

        @Override
        public void close() throws IOException {
            try (file; message) {
                out.close();
            }
        }
    }
}
