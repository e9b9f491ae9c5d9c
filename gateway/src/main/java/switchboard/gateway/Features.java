package switchboard.gateway;

import switchboard.gateway.admin.AgentRoutes;
import switchboard.gateway.admin.CompanySettings;
import switchboard.gateway.admin.Ledger;
import switchboard.gateway.admin.Mailboxes;
import switchboard.gateway.admin.Numbers;
import switchboard.gateway.admin.RoutingSettings;
import switchboard.gateway.admin.WidgetSettings;
import switchboard.gateway.content.Messages;
import switchboard.gateway.content.Uploads;
import switchboard.gateway.desk.ArticleRoutes;
import switchboard.gateway.desk.CallRoutes;
import switchboard.gateway.desk.CustomerRoutes;
import switchboard.gateway.desk.MacroRoutes;
import switchboard.gateway.desk.TicketRoutes;
import switchboard.gateway.realtime.Presence;
import switchboard.gateway.session.Account;
import switchboard.gateway.session.Letters;
import switchboard.gateway.session.SignIn;

/// What the routes call. The table can be read without any of it (see `none`), which is how the API is described
/// without a database.
public record Features(SignIn signIn, Account account, Letters letters, AgentRoutes agents, Mailboxes mailboxes,
                       Numbers numbers,
                       WidgetSettings widget, CompanySettings company, Ledger ledger, Uploads uploads,
                       Messages messages, Presence presence, TicketRoutes tickets, CustomerRoutes customers,
                       MacroRoutes macros, ArticleRoutes articles, CallRoutes calls,
                       RoutingSettings routing) {
    public static Features none() {
        return new Features(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }
}
