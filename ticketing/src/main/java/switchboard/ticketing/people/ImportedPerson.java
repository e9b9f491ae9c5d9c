package switchboard.ticketing.people;

import java.util.List;
import java.util.Optional;

/// One line of an import with its addresses in compare form.
record ImportedPerson(CustomerImport.Line line, List<Reach> reaches) {
    /// @param verified what the line says; true unless it says otherwise
    record Reach(Address address, boolean verified) {
        String key() {
            return address.kind() + ":" + address.value();
        }

        boolean external() {
            return address.kind().equals(Address.EXTERNAL);
        }
    }

    /// @param line whose identities are all addresses
    /// @param region the company's
    static ImportedPerson of(CustomerImport.Line line, Region region) {
        return new ImportedPerson(line, line.identities().stream().map(one -> new Reach(
                address(one, region, line.language()), one.verified() == null || one.verified()))
                .distinct().toList());
    }

    private static Address address(Customers.NewIdentity one, Region region, String language) {
        return one.kind().equals(Address.PHONE) && TypedNumber.read(one.value(), region, language)
                instanceof TypedNumber.Read(var address) ? address : Address.of(one.kind(), one.value()).orElseThrow();
    }

    Optional<Reach> external() {
        return reaches.stream().filter(Reach::external).findFirst();
    }

    /// The customer's name, for one who has none yet.
    String name() {
        var name = line.name();
        if (name != null && !name.isBlank()) return name.strip();
        return reaches.stream().filter(one -> !one.external()).findFirst().orElse(reaches.getFirst()).address().raw()
                .strip();
    }
}
