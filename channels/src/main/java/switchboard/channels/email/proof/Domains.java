package switchboard.channels.email.proof;

import java.util.Locale;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/// Which domains belong to one organisation, by the Public Suffix List (RFC 7489 section 3.2).
public final class Domains {
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private Domains() {}

    /// The registered domain: `shop.co.uk` for `mail.shop.co.uk`; the domain itself when none is known.
    public static String organisation(String domain) {
        var lower = plain(domain);
        var root = SUFFIXES.getDomainRoot(lower);
        return root == null || root.isEmpty() ? lower : root;
    }

    public static boolean sameOrganisation(String one, String other) {
        return !one.isEmpty() && organisation(one).equals(organisation(other));
    }

    /// @param address a mail address or a bare domain
    /// @return its domain in lower case without a trailing dot
    public static String of(String address) {
        return plain(address.substring(address.lastIndexOf('@') + 1));
    }

    private static String plain(String domain) {
        var lower = domain.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
