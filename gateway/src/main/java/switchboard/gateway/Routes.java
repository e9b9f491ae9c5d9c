package switchboard.gateway;

import static switchboard.gateway.http.Answer.nothing;
import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.ADMIN;
import static switchboard.gateway.http.Permission.PUBLIC;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Permission.STREAM_TICKET;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;
import static switchboard.gateway.http.Route.put;
import static switchboard.gateway.http.Route.upload;

import java.util.List;
import java.util.stream.Stream;
import switchboard.gateway.admin.AgentRoutes.NewStatus;
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
import switchboard.gateway.content.Messages;
import switchboard.gateway.content.Uploads;
import switchboard.gateway.desk.ArticleRoutes;
import switchboard.gateway.desk.CustomerRoutes;
import switchboard.gateway.desk.MacroRoutes;
import switchboard.gateway.desk.TicketRoutes;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Route;
import switchboard.gateway.realtime.Presence;
import switchboard.gateway.session.Account;
import switchboard.gateway.session.Letters;
import switchboard.gateway.session.SignIn;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.CategoryChange;
import switchboard.knowledgebase.article.Pictures;
import switchboard.knowledgebase.article.Revision;
import switchboard.knowledgebase.article.RevisionHead;
import switchboard.knowledgebase.search.Hit;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.Skills;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.call.Call;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.people.Customer;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Forwarding;
import switchboard.ticketing.reply.Line;
import switchboard.ticketing.reply.Macros;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.routing.Routing;
import switchboard.ticketing.ticket.Tags;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.Tickets;

/// The whole HTTP API as one table: method, path, permission, shapes, call. A feature's method takes the `Call` and the
/// body's record; lambdas, so that the table can be read without any feature behind it.
public final class Routes {
    public static final String V1 = "/api/v1";
    public static final String STREAM = V1 + "/stream";

    private Routes() {}

    public static List<Route> all(Features f) {
        return Stream.of(session(f), people(f), tickets(f), conversation(f), customers(f), writing(f), calls(f),
                settings(f)).flatMap(List::stream).toList();
    }

    private static List<Route> session(Features f) {
        return List.of(
                post(V1 + "/session", PUBLIC, SignIn.Credentials.class, one(SignIn.SignedIn.class),
                        (c, b) -> f.signIn().signIn(c, b)),
                get(V1 + "/session", SIGNED_IN, one(SignIn.SessionView.class), c -> f.signIn().current(c)),
                delete(V1 + "/session", SIGNED_IN, c -> f.signIn().signOut(c)),
                post(V1 + "/invitations", ADMIN, Letters.Invitation.class, one(Letters.Invited.class),
                        (c, b) -> f.letters().invite(c, b)).created(),
                post(V1 + "/password/forgot", PUBLIC, Letters.Forgotten.class, nothing(),
                        (c, b) -> f.letters().forgot(c, b)),
                post(V1 + "/password/reset", PUBLIC, Letters.Reset.class, nothing(), (c, b) -> f.letters().reset(c, b)),
                post(V1 + "/password/change", SIGNED_IN, Account.NewPassword.class, nothing(),
                        (c, b) -> f.account().change(c, b)),
                post(V1 + "/session/proof", SIGNED_IN, Account.Proof.class, nothing(),
                        (c, b) -> f.account().prove(c, b)),
                get(V1 + "/sessions", SIGNED_IN, page(Sessions.Own.class), c -> f.account().sessions(c))
                        .whole(Sessions.Own::id),
                delete(V1 + "/sessions", SIGNED_IN, c -> f.account().endOthers(c)),
                delete(V1 + "/sessions/{id}", SIGNED_IN, c -> f.account().end(c)),
                post(V1 + "/stream/ticket", SIGNED_IN, one(SignIn.StreamTicket.class), c -> f.signIn().streamTicket(c)),
                get(STREAM, STREAM_TICKET, new Answer.Socket(), _ -> null).query("ticket", "since"));
    }

    private static List<Route> people(Features f) {
        return List.of(
                get(V1 + "/agents", SIGNED_IN, page(Agent.class), c -> f.agents().agents(c)).paged(),
                get(V1 + "/agents/{id}", SIGNED_IN, one(Agent.class), c -> f.agents().agent(c)),
                patch(V1 + "/agents/{id}", ADMIN, Agents.Change.class, one(Agent.class),
                        (c, b) -> f.agents().change(c, b)),
                post(V1 + "/agents/{id}/letter", ADMIN, nothing(), c -> f.letters().again(c)),
                patch(V1 + "/agents/me", SIGNED_IN, Agents.OwnChange.class, one(Agent.class),
                        (c, b) -> f.agents().changeOwn(c, b)),
                put(V1 + "/agents/me/status", SIGNED_IN, NewStatus.class, one(Agent.class),
                        (c, b) -> f.agents().status(c, b)),
                get(V1 + "/teams", SIGNED_IN, page(Teams.Team.class), c -> f.agents().teams(c))
                        .whole(Teams.Team::id),
                post(V1 + "/teams", ADMIN, Teams.Change.class, one(Teams.Team.class),
                        (c, b) -> f.agents().newTeam(c, b)).created(),
                patch(V1 + "/teams/{id}", ADMIN, Teams.Change.class, one(Teams.Team.class),
                        (c, b) -> f.agents().changeTeam(c, b)),
                delete(V1 + "/teams/{id}", ADMIN, c -> f.agents().deleteTeam(c)),
                get(V1 + "/skills", SIGNED_IN, page(Skills.Skill.class), c -> f.agents().skills(c))
                        .whole(Skills.Skill::name),
                post(V1 + "/skills", ADMIN, Skills.Skill.class, one(Skills.Skill.class),
                        (c, b) -> f.agents().newSkill(c, b)).created(),
                delete(V1 + "/skills/{name}", ADMIN, c -> f.agents().deleteSkill(c)));
    }

    private static List<Route> tickets(Features f) {
        return List.of(
                get(V1 + "/tickets", SIGNED_IN, page(Ticket.class), c -> f.tickets().list(c))
                        .paged("view", "status", "assignee", "team", "channel", "customer", "tag", "q", "sort"),
                get(V1 + "/views", SIGNED_IN, page(Tickets.ViewCount.class), c -> f.tickets().views(c))
                        .whole(Tickets.ViewCount::view),
                post(V1 + "/tickets", SIGNED_IN, TicketRoutes.NewTicket.class, one(Ticket.class),
                        (c, b) -> f.tickets().create(c, b)).created(),
                get(V1 + "/tickets/{id}", SIGNED_IN, one(Ticket.class), c -> f.tickets().get(c)),
                patch(V1 + "/tickets/{id}", SIGNED_IN, TicketRoutes.TicketPatch.class, one(Ticket.class),
                        (c, b) -> f.tickets().change(c, b)),
                get(V1 + "/tickets/{id}/timeline", SIGNED_IN, page(TimelineItem.class), c -> f.tickets().timeline(c))
                        .paged("order", "before", "channel", "from", "to", "q"),
                get(V1 + "/tickets/{id}/lines", SIGNED_IN, page(Line.class), c -> f.tickets().lines(c)).whole(),
                post(V1 + "/tickets/{id}/replies", SIGNED_IN, Replies.Draft.class, one(Replies.Sent.class),
                        (c, b) -> f.tickets().reply(c, b)).created(),
                delete(V1 + "/tickets/{id}/replies/{messageId}", SIGNED_IN, c -> f.tickets().undo(c)),
                post(V1 + "/tickets/{id}/notes", SIGNED_IN, Replies.Note.class, one(Replies.Sent.class),
                        (c, b) -> f.tickets().note(c, b)).created(),
                post(V1 + "/tickets/{id}/forward", SIGNED_IN, Forwarding.Forward.class, one(Replies.Sent.class),
                        (c, b) -> f.tickets().forward(c, b)).created(),
                post(V1 + "/tickets/{id}/chat/end", SIGNED_IN, one(Ticket.class), c -> f.tickets().endChat(c)),
                post(V1 + "/tickets/{id}/read", SIGNED_IN, TicketRoutes.ReadUpTo.class, nothing(),
                        (c, b) -> f.tickets().read(c, b)),
                post(V1 + "/tickets/{id}/merge", SIGNED_IN, TicketRoutes.MergeInto.class, one(Ticket.class),
                        (c, b) -> f.tickets().merge(c, b)),
                post(V1 + "/tickets/{id}/unmerge", SIGNED_IN, one(Ticket.class), c -> f.tickets().unmerge(c)),
                post(V1 + "/tickets/{id}/split", SIGNED_IN, TicketRoutes.SplitOff.class, one(Ticket.class),
                        (c, b) -> f.tickets().split(c, b)).created(),
                post(V1 + "/tickets/{id}/unsplit", SIGNED_IN, one(Ticket.class), c -> f.tickets().unsplit(c)),
                get(V1 + "/tags", SIGNED_IN, page(Tags.Tag.class), c -> f.tickets().tags(c)).whole(),
                get(V1 + "/tickets/{id}/routing", SIGNED_IN, page(Routing.Explained.class),
                        c -> f.tickets().routing(c)).whole());
    }

    private static List<Route> customers(Features f) {
        return List.of(
                get(V1 + "/customers", SIGNED_IN, page(Customer.class), c -> f.customers().list(c))
                        .paged("q", "suggested"),
                post(V1 + "/customers", SIGNED_IN, Customers.NewCustomer.class, one(Customer.class),
                        (c, b) -> f.customers().create(c, b)).created(),
                get(V1 + "/customers/{id}", SIGNED_IN, one(Customer.class), c -> f.customers().get(c)),
                patch(V1 + "/customers/{id}", SIGNED_IN, Customers.Change.class, one(Customer.class),
                        (c, b) -> f.customers().change(c, b)),
                get(V1 + "/customers/{id}/timeline", SIGNED_IN, page(TimelineItem.class),
                        c -> f.customers().timeline(c))
                        .paged("order", "before", "channel", "from", "to", "q"),
                post(V1 + "/customers/{id}/identities", SIGNED_IN, Customers.NewIdentity.class, one(Customer.class),
                        (c, b) -> f.customers().addIdentity(c, b)).created(),
                patch(V1 + "/customers/{id}/identities/{identityId}", SIGNED_IN, Customers.IdentityChange.class,
                        one(Customer.class), (c, b) -> f.customers().changeIdentity(c, b)),
                delete(V1 + "/customers/{id}/identities/{identityId}", SIGNED_IN, c -> f.customers().removeIdentity(c)),
                post(V1 + "/customers/{id}/suggestions/{identityId}/confirm", SIGNED_IN, one(Customer.class),
                        c -> f.customers().confirm(c)),
                post(V1 + "/customers/{id}/suggestions/{identityId}/reject", SIGNED_IN, one(Customer.class),
                        c -> f.customers().reject(c)),
                post(V1 + "/customers/{id}/merge", SIGNED_IN, CustomerRoutes.MergeInto.class, one(Customer.class),
                        (c, b) -> f.customers().merge(c, b)),
                post(V1 + "/customers/{id}/unmerge", SIGNED_IN, one(Customer.class), c -> f.customers().unmerge(c)));
    }

    private static List<Route> calls(Features f) {
        return List.of(
                get(V1 + "/calls", SIGNED_IN, page(Call.class), c -> f.calls().list(c)).paged("state"),
                post(V1 + "/calls", SIGNED_IN, Calls.Dial.class, one(Call.class), (c, b) -> f.calls().dial(c, b))
                        .created(),
                post(V1 + "/calls/{id}/accept", SIGNED_IN, one(Call.class), c -> f.calls().accept(c)),
                post(V1 + "/calls/{id}/decline", SIGNED_IN, one(Call.class), c -> f.calls().decline(c)),
                post(V1 + "/calls/{id}/hold", SIGNED_IN, one(Call.class), c -> f.calls().hold(c)),
                post(V1 + "/calls/{id}/unhold", SIGNED_IN, one(Call.class), c -> f.calls().unhold(c)),
                post(V1 + "/calls/{id}/hangup", SIGNED_IN, one(Call.class), c -> f.calls().hangup(c)));
    }

    private static List<Route> writing(Features f) {
        return List.of(
                get(V1 + "/macros", SIGNED_IN, page(Macros.Macro.class), c -> f.macros().list(c))
                        .whole(Macros.Macro::id),
                post(V1 + "/macros", SIGNED_IN, Macros.Macro.class, one(Macros.Macro.class),
                        (c, b) -> f.macros().create(c, b)).created(),
                patch(V1 + "/macros/{id}", SIGNED_IN, Macros.Macro.class, one(Macros.Macro.class),
                        (c, b) -> f.macros().change(c, b)),
                delete(V1 + "/macros/{id}", SIGNED_IN, c -> f.macros().delete(c)),
                post(V1 + "/macros/{id}/apply", SIGNED_IN, MacroRoutes.ApplyTo.class, one(Macros.Applied.class),
                        (c, b) -> f.macros().apply(c, b)),
                get(V1 + "/search", SIGNED_IN, one(ArticleRoutes.Everything.class), c -> f.articles().everything(c))
                        .query("q", "limit", "locale"),
                get(V1 + "/articles/search", PUBLIC, page(Hit.class), c -> f.articles().search(c))
                        .paged("q", "locale"),
                get(V1 + "/articles", SIGNED_IN, page(Article.class), c -> f.articles().list(c))
                        .paged("locale", "status", "q"),
                get(V1 + "/categories", SIGNED_IN, page(Category.class), c -> f.articles().categories(c))
                        .whole(Category::id),
                post(V1 + "/categories", SIGNED_IN, CategoryChange.class, one(Category.class),
                        (c, b) -> f.articles().newCategory(c, b)).created(),
                patch(V1 + "/categories/{id}", SIGNED_IN, CategoryChange.class, one(Category.class),
                        (c, b) -> f.articles().changeCategory(c, b)),
                delete(V1 + "/categories/{id}", SIGNED_IN, c -> f.articles().deleteCategory(c)),
                post(V1 + "/articles", SIGNED_IN, ArticleDraft.class, one(Article.class),
                        (c, b) -> f.articles().create(c, b)).created(),
                get(V1 + "/articles/{id}", SIGNED_IN, one(Article.class), c -> f.articles().get(c)),
                patch(V1 + "/articles/{id}", SIGNED_IN, ArticleChange.class, one(Article.class),
                        (c, b) -> f.articles().change(c, b)),
                post(V1 + "/articles/{id}/publish", SIGNED_IN, ArticleRoutes.Version.class, one(Article.class),
                        (c, b) -> f.articles().publish(c, b)),
                post(V1 + "/articles/{id}/archive", SIGNED_IN, ArticleRoutes.Version.class, one(Article.class),
                        (c, b) -> f.articles().archive(c, b)),
                get(V1 + "/articles/{id}/translations", SIGNED_IN, page(Article.class),
                        c -> f.articles().translations(c)).whole(Article::id),
                get(V1 + "/articles/{id}/revisions", SIGNED_IN, page(RevisionHead.class),
                        c -> f.articles().revisions(c)).paged(),
                get(V1 + "/articles/{id}/revisions/{revisionId}", SIGNED_IN, one(Revision.class),
                        c -> f.articles().revision(c)),
                post(V1 + "/articles/{id}/revisions/{revisionId}/restore", SIGNED_IN, ArticleRoutes.Version.class,
                        one(Article.class), (c, b) -> f.articles().restore(c, b)),
                upload(V1 + "/articles/pictures", SIGNED_IN, one(Pictures.Picture.class),
                        c -> f.articles().addPicture(c)));
    }

    private static List<Route> conversation(Features f) {
        return List.of(
                put(V1 + "/tickets/{id}/presence", SIGNED_IN, Presence.NewState.class, nothing(),
                        (c, b) -> f.presence().put(c, b)),
                upload(V1 + "/attachments", SIGNED_IN, one(Uploads.Uploaded.class), c -> f.uploads().receive(c)),
                get(V1 + "/messages/{id}/raw", SIGNED_IN, new Answer.Bytes("message/rfc822"), c -> f.messages().raw(c)),
                get(V1 + "/messages/{id}/delivery", SIGNED_IN, page(Messages.Step.class),
                        c -> f.messages().delivery(c)).whole(),
                post(V1 + "/messages/{id}/retry", SIGNED_IN, nothing(), c -> f.messages().retry(c)));
    }

    private static List<Route> settings(Features f) {
        return List.of(
                get(V1 + "/mailboxes", SIGNED_IN, page(Mailbox.class), c -> f.mailboxes().list(c))
                        .whole(Mailbox::id),
                post(V1 + "/mailboxes", ADMIN, MailboxChange.class, one(Mailbox.class),
                        (c, b) -> f.mailboxes().create(c, b)).created(),
                patch(V1 + "/mailboxes/{id}", ADMIN, MailboxChange.class, one(Mailbox.class),
                        (c, b) -> f.mailboxes().change(c, b)),
                delete(V1 + "/mailboxes/{id}", ADMIN, c -> f.mailboxes().delete(c)),
                post(V1 + "/mailboxes/{id}/test", ADMIN, one(Checked.class), c -> f.mailboxes().test(c)),
                get(V1 + "/numbers", SIGNED_IN, page(Number.class), c -> f.numbers().list(c)).whole(Number::id),
                post(V1 + "/numbers", ADMIN, NumberChange.class, one(Number.class), (c, b) -> f.numbers().create(c, b))
                        .created(),
                patch(V1 + "/numbers/{id}", ADMIN, NumberChange.class, one(Number.class),
                        (c, b) -> f.numbers().change(c, b)),
                delete(V1 + "/numbers/{id}", ADMIN, c -> f.numbers().delete(c)),
                get(V1 + "/company", SIGNED_IN, one(Company.class), c -> f.company().get(c)),
                patch(V1 + "/company", ADMIN, CompanyChange.class, one(Company.class),
                        (c, b) -> f.company().change(c, b)),
                get(V1 + "/routing/settings", SIGNED_IN, one(RoutingRules.class), c -> f.routing().get(c)),
                patch(V1 + "/routing/settings", ADMIN, RoutingChange.class, one(RoutingRules.class),
                        (c, b) -> f.routing().change(c, b)),
                get(V1 + "/widget", ADMIN, one(Widget.class), c -> f.widget().get(c)),
                patch(V1 + "/widget", ADMIN, WidgetChange.class, one(Widget.class), (c, b) -> f.widget().change(c, b)),
                get(V1 + "/inbox", SIGNED_IN, page(InboxRow.class), c -> f.ledger().inbox(c)).paged("state"),
                post(V1 + "/inbox/{id}/replay", SIGNED_IN, nothing(), c -> f.ledger().replay(c)),
                get(V1 + "/inbox/{id}/raw", SIGNED_IN, new Answer.Bytes("application/octet-stream"),
                        c -> f.ledger().raw(c)),
                get(V1 + "/outbox", ADMIN, page(OutboxRow.class), c -> f.ledger().outbox(c)).paged("state"),
                post(V1 + "/outbox/{id}/retry", ADMIN, nothing(), c -> f.ledger().retry(c)));
    }
}
