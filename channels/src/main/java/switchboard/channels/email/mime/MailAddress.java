package switchboard.channels.email.mime;

import java.util.Locale;

/// One mailbox: a display name (may be empty, never trusted) and an address `local@domain`, the domain in lower case.
public record MailAddress(String name, String address) {
    public static MailAddress of(String name, String local, String domain) {
        return new MailAddress(name == null ? "" : name.strip(), local + "@" + domain.toLowerCase(Locale.ROOT));
    }

    public String local() {
        return address.substring(0, address.lastIndexOf('@'));
    }

    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /// Equal but for the case of the local part, which no mailbox in use distinguishes.
    public boolean same(String other) {
        return address.equalsIgnoreCase(other);
    }
}
