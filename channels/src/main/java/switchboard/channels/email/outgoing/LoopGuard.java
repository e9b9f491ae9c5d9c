package switchboard.channels.email.outgoing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailKind;

/// Decides whether a machine may answer a mail: nothing in the mail may speak against it, it must not come from
/// ourselves, and the budgets for the address, its domain and the brand must have room. A "no" changes nothing but the
/// answer: the mail is stored all the same.
public final class LoopGuard {
    static final int PER_ADDRESS_HOUR = 1;
    static final int PER_ADDRESS_DAY = 3;
    static final int PER_DOMAIN_HOUR = 60;
    static final int PER_BRAND_HOUR = 600;

    private final Budgets budgets;

    public LoopGuard(Budgets budgets) {
        this.budgets = budgets;
    }

    /// One limit: at most `limit` answers under `key` in any `window`.
    public record Budget(String key, int limit, Duration window) {}

    /// Counts answers. Takes one from every budget or from none, atomically.
    public interface Budgets {
        /// @return the first budget that is used up, or empty when one was taken from each
        Optional<Budget> take(List<Budget> budgets);
    }

    public sealed interface Verdict {
        record Answer() implements Verdict {}

        /// @param reasons short words for the journal
        record Silence(List<String> reasons) implements Verdict {}
    }

    /// @param ownAddresses every address of ours in lower case
    public Verdict judge(DecodedMail mail, Set<String> ownAddresses, String brand) {
        var reasons = new ArrayList<>(objections(mail, ownAddresses));
        if (!reasons.isEmpty()) return new Verdict.Silence(reasons);
        var from = mail.from().orElseThrow();
        return budgets.take(budgets(from.address().toLowerCase(Locale.ROOT), from.domain(), brand))
                .<Verdict>map(used -> new Verdict.Silence(List.of("budget " + used.key())))
                .orElseGet(Verdict.Answer::new);
    }

    /// All that speaks against answering, budgets aside.
    public static List<String> objections(DecodedMail mail, Set<String> ownAddresses) {
        var reasons = new ArrayList<>(mail.loop().objections());
        if (mail.kind() != MailKind.NORMAL) reasons.add("kind " + mail.kind().label());
        if (mail.from().isEmpty()) reasons.add("no-sender");
        if (mail.quarantineReason().isPresent()) reasons.add("quarantined");
        if (mail.senders().stream().anyMatch(s -> ownAddresses.contains(s.address().toLowerCase(Locale.ROOT))))
                reasons.add("own-address");
        if (mail.replyTo().stream().anyMatch(s -> ownAddresses.contains(s.address().toLowerCase(Locale.ROOT))))
                reasons.add("reply-to-own-address");
        return List.copyOf(reasons);
    }

    static List<Budget> budgets(String address, String domain, String brand) {
        return List.of(
                new Budget("address " + address + " hour", PER_ADDRESS_HOUR, Duration.ofHours(1)),
                new Budget("address " + address + " day", PER_ADDRESS_DAY, Duration.ofDays(1)),
                new Budget("domain " + domain, PER_DOMAIN_HOUR, Duration.ofHours(1)),
                new Budget("brand " + brand, PER_BRAND_HOUR, Duration.ofHours(1)));
    }
}
