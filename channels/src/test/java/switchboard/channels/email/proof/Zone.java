package switchboard.channels.email.proof;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.james.jdkim.DKIMSigner;

/// A DNS zone that tests fill in, and a signing key.
public final class Zone implements Resolver {
    private static final KeyPair KEYS = keys();

    private final Map<String, List<String>> records = new ConcurrentHashMap<>();
    private final Set<String> silent = new TreeSet<>();
    public final Set<String> asked = new ConcurrentSkipListSet<>();

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public Zone txt(String name, String... texts) {
        records.put("TXT " + name, List.of(texts));
        return this;
    }

    public Zone a(String name, String address) {
        records.put("A " + name, List.of(address));
        return this;
    }

    /// Publishes the key that `signed` uses for this domain.
    public Zone key(String domain) {
        return txt("s1._domainkey." + domain, "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    }

    public Zone silent(String name) {
        silent.add(name);
        return this;
    }

    @Override
    public List<String> records(String name, Kind kind) throws Unreachable {
        var lower = name.toLowerCase(Locale.ROOT);
        asked.add(lower);
        if (silent.contains(lower)) throw new Unreachable(name);
        return records.getOrDefault(kind + " " + lower, List.of());
    }

    /// The mail with wire line ends and the domain's signature on top.
    public static String signed(String domain, String mail) {
        return signed(domain, "", mail);
    }

    /// @param more extra tags of the signature, each with its semicolon
    public static String signed(String domain, String more, String mail) {
        var wire = wire(mail);
        try {
            var signer = new DKIMSigner("v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain
                    + "; s=s1; h=from:to:subject:message-id; " + more + "b=; bh=;", KEYS.getPrivate());
            return signer.sign(new ByteArrayInputStream(wire.getBytes(StandardCharsets.UTF_8))) + "\r\n" + wire;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static String wire(String mail) {
        return mail.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    /// Queries for names outside this domain.
    public List<String> strangersAsked(String domain) {
        var strange = new ArrayList<>(asked);
        strange.removeIf(name -> name.equals(domain) || name.endsWith("." + domain));
        return strange;
    }
}
