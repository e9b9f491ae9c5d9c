package switchboard.channels.email.proof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.exceptions.TempFailException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mail's signatures in the name of one organisation (RFC 6376). Other signatures prove nothing about the sender and
/// are ignored, so a stranger can't make us query name servers of their choice.
final class Dkim {
    private static final Logger LOG = LoggerFactory.getLogger(Dkim.class);
    private static final int SIGNATURES_MAX = 5;
    private static final Pattern DOMAIN = Pattern.compile("(?:^|[:;])\\s*d\\s*=\\s*([^;\\s]+)");
    private static final Pattern LENGTH = Pattern.compile("(?:^|[:;])\\s*l\\s*=");
    private static final String NAME = "dkim-signature";

    /// @param domains that signed it validly
    /// @param unknown whether a signature can't be checked now
    /// @param borne whether the mail has any signature of the organisation
    record Seen(List<String> domains, boolean unknown, boolean borne) {}

    private final Resolver resolver;

    Dkim(Resolver resolver) {
        this.resolver = resolver;
    }

    Seen check(byte[] mail, String domain) {
        int end = Evidence.headerEnd(mail);
        var kept = new ByteArrayOutputStream(end);
        int signatures = 0;
        for (var field : fields(mail, end)) {
            var text = new String(field, StandardCharsets.ISO_8859_1);
            boolean signature = text.regionMatches(true, 0, NAME, 0, NAME.length());
            if (signature && (!counts(text, domain) || ++signatures > SIGNATURES_MAX)) continue;
            kept.writeBytes(field);
        }
        if (signatures == 0) return new Seen(List.of(), false, false);
        return verify(kept.toByteArray(), mail, end);
    }

    /// Whether a key must be looked up.
    boolean asks(byte[] mail, String domain) {
        return fields(mail, Evidence.headerEnd(mail)).stream()
                .map(field -> new String(field, StandardCharsets.ISO_8859_1))
                .anyMatch(text -> text.regionMatches(true, 0, NAME, 0, NAME.length()) && counts(text, domain));
    }

    private Seen verify(byte[] header, byte[] mail, int end) {
        var keys = new Keys();
        var verifier = new DKIMVerifier(keys);
        var whole = new SequenceInputStream(new ByteArrayInputStream(header),
                new ByteArrayInputStream(mail, end, mail.length - end));
        try {
            var valid = verifier.verify(whole);
            var domains = valid == null ? List.<String>of() : valid.stream().map(SignatureRecord::getDToken)
                    .map(token -> Domains.of(token.toString())).toList();
            return new Seen(domains, keys.unreachable, true);
        } catch (FailException | IOException broken) {
            return new Seen(List.of(), keys.unreachable, true);
        } catch (RuntimeException unforeseen) {
            LOG.debug("a signature cannot be read", unforeseen);
            return new Seen(List.of(), false, true);
        }
    }

    /// A signature over part of the body lets anyone append to the mail, so it proves nothing.
    private static boolean counts(String field, String domain) {
        var value = field.replaceAll("\\r?\\n[ \\t]", " ");
        var named = DOMAIN.matcher(value);
        return named.find() && Domains.sameOrganisation(named.group(1), domain) && !LENGTH.matcher(value).find();
    }

    /// The header's fields, with folds and line ends.
    private static List<byte[]> fields(byte[] mail, int end) {
        var fields = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < end; i++) {
            boolean last = mail[i] == '\n' && (i + 1 >= end || mail[i + 1] != ' ' && mail[i + 1] != '\t');
            if (!last) continue;
            fields.add(java.util.Arrays.copyOfRange(mail, from, i + 1));
            from = i + 1;
        }
        if (from < end) fields.add(java.util.Arrays.copyOfRange(mail, from, end));
        return fields;
    }

    private final class Keys implements PublicKeyRecordRetriever {
        private boolean unreachable;

        @Override
        public List<String> getRecords(CharSequence method, CharSequence selector, CharSequence domain)
                throws TempFailException, PermFailException {
            var name = selector + "._domainkey." + domain.toString().toLowerCase(Locale.ROOT);
            try {
                return resolver.records(name, Resolver.Kind.TXT);
            } catch (Resolver.Unreachable silent) {
                unreachable = true;
                throw new TempFailException("no answer for " + name);
            }
        }
    }
}
