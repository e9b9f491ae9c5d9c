package switchboard.gateway.admin;

import static switchboard.gateway.http.Answer.nothing;
import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.ADMIN;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;

import java.util.List;
import java.util.Optional;
import switchboard.channels.Channel;
import switchboard.channels.email.EmailChannel;
import switchboard.gateway.admin.CompanySettings.Company;
import switchboard.gateway.admin.CompanySettings.CompanyChange;
import switchboard.gateway.admin.Ledger.InboxRow;
import switchboard.gateway.admin.Ledger.OutboxRow;
import switchboard.gateway.admin.Mailboxes.Checked;
import switchboard.gateway.admin.Mailboxes.Mailbox;
import switchboard.gateway.admin.Mailboxes.MailboxChange;
import switchboard.gateway.admin.Numbers.Number;
import switchboard.gateway.admin.Numbers.NumberChange;
import switchboard.gateway.admin.RoutingSettings.RoutingChange;
import switchboard.gateway.admin.WidgetSettings.Widget;
import switchboard.gateway.admin.WidgetSettings.WidgetChange;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.RoutingRules;

/// Mailboxes, numbers, the company, the chat widget, routing, and the ledgers of inbox and outbox.
public final class SettingsArea implements Area {
    private Mailboxes mailboxes;
    private Numbers numbers;
    private CompanySettings company;
    private RoutingSettings routing;
    private WidgetSettings widget;
    private Ledger ledger;

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/mailboxes", SIGNED_IN, page(Mailbox.class), c -> mailboxes.list(c))
                        .whole(Mailbox::id),
                post(API + "/mailboxes", ADMIN, MailboxChange.class, one(Mailbox.class),
                        (c, b) -> mailboxes.create(c, b)).created(),
                patch(API + "/mailboxes/{id}", ADMIN, MailboxChange.class, one(Mailbox.class),
                        (c, b) -> mailboxes.change(c, b)),
                delete(API + "/mailboxes/{id}", ADMIN, c -> mailboxes.delete(c)),
                post(API + "/mailboxes/{id}/test", ADMIN, one(Checked.class), c -> mailboxes.test(c)),
                get(API + "/numbers", SIGNED_IN, page(Number.class), c -> numbers.list(c)).whole(Number::id),
                post(API + "/numbers", ADMIN, NumberChange.class, one(Number.class), (c, b) -> numbers.create(c, b))
                        .created(),
                patch(API + "/numbers/{id}", ADMIN, NumberChange.class, one(Number.class),
                        (c, b) -> numbers.change(c, b)),
                delete(API + "/numbers/{id}", ADMIN, c -> numbers.delete(c)),
                get(API + "/company", SIGNED_IN, one(Company.class), c -> company.get(c)),
                patch(API + "/company", ADMIN, CompanyChange.class, one(Company.class),
                        (c, b) -> company.change(c, b)),
                get(API + "/routing/settings", SIGNED_IN, one(RoutingRules.class), c -> routing.get(c)),
                patch(API + "/routing/settings", ADMIN, RoutingChange.class, one(RoutingRules.class),
                        (c, b) -> routing.change(c, b)),
                get(API + "/widget", ADMIN, one(Widget.class), c -> widget.get(c)),
                patch(API + "/widget", ADMIN, WidgetChange.class, one(Widget.class), (c, b) -> widget.change(c, b)),
                get(API + "/inbox", SIGNED_IN, page(InboxRow.class), c -> ledger.inbox(c)).paged("state"),
                post(API + "/inbox/{id}/replay", SIGNED_IN, nothing(), c -> ledger.replay(c)),
                get(API + "/inbox/{id}/raw", SIGNED_IN, new Answer.Bytes("application/octet-stream"),
                        c -> ledger.raw(c)),
                get(API + "/outbox", ADMIN, page(OutboxRow.class), c -> ledger.outbox(c)).paged("state"),
                post(API + "/outbox/{id}/retry", ADMIN, nothing(), c -> ledger.retry(c)));
    }

    @Override
    public void open(Ground ground) {
        var database = ground.stores().database();
        var signer = ground.site().signer();
        var email = ground.doors().email();
        mailboxes = new Mailboxes(database, signer, mailbox -> checked(email.check(mailbox)), email::settingsChanged);
        numbers = new Numbers(database);
        company = new CompanySettings(database);
        routing = new RoutingSettings(database);
        widget = new WidgetSettings(database, signer, ground.site().url());
        widget.ensure();
        ledger = new Ledger(database, ground.stores().inbox(), ground.core().deliveries(),
                door -> ground.doors().channels().stream().filter(channel -> channel.doors().contains(door))
                        .map(Channel::name).findFirst().orElse(door));
    }

    private static Checked checked(EmailChannel.Check check) {
        return new Checked(checked(check.imap()), checked(check.smtp()));
    }

    private static Mailboxes.Check checked(Optional<String> wrong) {
        return wrong == null ? null : new Mailboxes.Check(wrong.isEmpty(), wrong.orElse(""));
    }

    public WidgetSettings widget() {
        return widget;
    }
}
