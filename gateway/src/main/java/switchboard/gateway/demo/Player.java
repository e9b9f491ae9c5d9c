package switchboard.gateway.demo;

import java.util.List;
import java.util.Optional;
import switchboard.gateway.demo.DemoContent.Customer;

/// A customer whom a visitor of the demo can play: one with a mailbox and a telephone.
///
/// @param language `en` or `zh-CN`
/// @param phone    E.164
public record Player(String key, String name, String language, String email, String phone) {

    static List<Player> of(List<Customer> customers) {
        return customers.stream().flatMap(customer -> identity(customer, "email").flatMap(email ->
                identity(customer, "phone").map(phone -> new Player(customer.key(), customer.name(),
                        customer.language(), email, phone))).stream()).toList();
    }

    private static Optional<String> identity(Customer customer, String kind) {
        return customer.identities().stream().filter(identity -> identity.kind().equals(kind))
                .map(DemoContent.Identity::value).findFirst();
    }
}
