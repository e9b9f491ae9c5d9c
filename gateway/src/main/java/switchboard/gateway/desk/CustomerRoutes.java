package switchboard.gateway.desk;

import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.people.Customer;
import switchboard.ticketing.people.Customers;

/// The API's calls about customers.
public final class CustomerRoutes {
    private final Customers customers;
    private final Timeline timeline;
    private final TicketRoutes tickets;

    public CustomerRoutes(Customers customers, Timeline timeline, TicketRoutes tickets) {
        this.customers = customers;
        this.timeline = timeline;
        this.tickets = tickets;
    }

    public record MergeInto(UUID into) {}

    static Where visible(Caller caller) {
        return Policy.customers(caller);
    }

    private Customer seen(Call call, UUID id) {
        return customers.get(visible(call.caller()), TicketRoutes.visible(call.caller()), id);
    }

    private static Actor actor(Call call) {
        return Actor.agent(call.caller().id());
    }

    public Object list(Call call) {
        return customers.list(visible(call.caller()), TicketRoutes.visible(call.caller()),
                new Customers.Wanted(call.queryOr("q", null), call.queryOr("suggested", "").equals("true")),
                call.after(), call.limit());
    }

    public Object create(Call call, Customers.NewCustomer customer) {
        return seen(call, customers.create(visible(call.caller()), actor(call), customer, "agent"));
    }

    public Object get(Call call) {
        return seen(call, call.id());
    }

    public Object change(Call call, Customers.Change change) {
        var id = seen(call, call.id()).id();
        customers.change(actor(call), id, change);
        return seen(call, id);
    }

    public Object timeline(Call call) {
        var id = seen(call, call.id()).id();
        return tickets.addressed(timeline.ofCustomer(id, TicketRoutes.visible(call.caller()), TicketRoutes.query(call)),
                call.caller());
    }

    public Object addIdentity(Call call, Customers.NewIdentity identity) {
        var id = seen(call, call.id()).id();
        customers.addIdentity(visible(call.caller()), actor(call), id, identity, "agent");
        return seen(call, id);
    }

    public Object changeIdentity(Call call, Customers.IdentityChange change) {
        var id = seen(call, call.id()).id();
        customers.changeIdentity(actor(call), id, call.id("identityId"), change);
        return seen(call, id);
    }

    public Object removeIdentity(Call call) {
        customers.removeIdentity(actor(call), seen(call, call.id()).id(), call.id("identityId"));
        return null;
    }

    public Object confirm(Call call) {
        var id = seen(call, call.id()).id();
        customers.confirm(visible(call.caller()), actor(call), id, call.id("identityId"));
        return seen(call, id);
    }

    public Object reject(Call call) {
        var id = seen(call, call.id()).id();
        customers.reject(visible(call.caller()), id, call.id("identityId"));
        return seen(call, id);
    }

    public Object merge(Call call, MergeInto wanted) {
        if (wanted.into() == null) throw Failure.Invalid.field("into", "is missing");
        var from = seen(call, call.id()).id();
        var into = seen(call, wanted.into()).id();
        customers.merge(actor(call), from, into);
        return seen(call, into);
    }

    public Object unmerge(Call call) {
        seen(call, call.id());
        customers.unmerge(visible(call.caller()), actor(call), call.id());
        return seen(call, call.id());
    }
}
