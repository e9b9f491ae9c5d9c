package switchboard.gateway.desk;

import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;

import java.util.List;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.http.Route;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.people.Customer;
import switchboard.ticketing.people.Customers;

/// Customers, their addresses and timelines.
public final class CustomerArea implements Area {
    private final TicketArea tickets;
    private CustomerRoutes customers;

    public CustomerArea(TicketArea tickets) {
        this.tickets = tickets;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/customers", SIGNED_IN, page(Customer.class), c -> customers.list(c))
                        .paged("q", "suggested"),
                post(API + "/customers", SIGNED_IN, Customers.NewCustomer.class, one(Customer.class),
                        (c, b) -> customers.create(c, b)).created(),
                get(API + "/customers/{id}", SIGNED_IN, one(Customer.class), c -> customers.get(c)),
                patch(API + "/customers/{id}", SIGNED_IN, Customers.Change.class, one(Customer.class),
                        (c, b) -> customers.change(c, b)),
                get(API + "/customers/{id}/timeline", SIGNED_IN, page(TimelineItem.class),
                        c -> customers.timeline(c))
                        .paged("order", "before", "channel", "from", "to", "q"),
                post(API + "/customers/{id}/identities", SIGNED_IN, Customers.NewIdentity.class, one(Customer.class),
                        (c, b) -> customers.addIdentity(c, b)).created(),
                patch(API + "/customers/{id}/identities/{identityId}", SIGNED_IN, Customers.IdentityChange.class,
                        one(Customer.class), (c, b) -> customers.changeIdentity(c, b)),
                delete(API + "/customers/{id}/identities/{identityId}", SIGNED_IN, c -> customers.removeIdentity(c)),
                post(API + "/customers/{id}/suggestions/{identityId}/confirm", SIGNED_IN, one(Customer.class),
                        c -> customers.confirm(c)),
                post(API + "/customers/{id}/suggestions/{identityId}/reject", SIGNED_IN, one(Customer.class),
                        c -> customers.reject(c)),
                post(API + "/customers/{id}/merge", SIGNED_IN, CustomerRoutes.MergeInto.class, one(Customer.class),
                        (c, b) -> customers.merge(c, b)),
                post(API + "/customers/{id}/unmerge", SIGNED_IN, one(Customer.class), c -> customers.unmerge(c)));
    }

    @Override
    public void open(Ground ground) {
        customers = new CustomerRoutes(ground.core().customers(), ground.core().timeline(), tickets.tickets());
    }
}
