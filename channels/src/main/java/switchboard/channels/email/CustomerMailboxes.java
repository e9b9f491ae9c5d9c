package switchboard.channels.email;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.Locale;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;

/// The mailboxes of the demo's customers: mail to any address that is not the company's, kept in PostgreSQL.
public final class CustomerMailboxes {
    private static final int MESSAGES_MAX = 500;

    private final Database database;

    public CustomerMailboxes(Database database) {
        this.database = database;
    }

    private record Row(UUID id, String address, String sender, String subject, String text, String raw) {}

    /// What a customer's mail program shows, oldest first.
    public record Mail(Instant at, String from, String subject, String text, String raw) {}

    void keep(List<String> addresses, byte[] raw) {
        var mail = MailDecoder.decode(raw);
        var from = mail.from().map(MailAddress::address).orElse("");
        // Latin-1 keeps every byte as one character.
        var bytes = new String(raw, java.nio.charset.StandardCharsets.ISO_8859_1);
        database.sql().insert("demo_mail", addresses.stream().map(address -> new Row(Ids.next(),
                address.toLowerCase(Locale.ROOT), from, mail.subject(), mail.text(), bytes)).toList());
    }

    public List<Mail> messages(String address) {
        return database.sql().list(Mail.class, """
                select at, sender as from, subject, text, raw
                from demo_mail where address = $1 order by at, id limit $2""",
                address.toLowerCase(Locale.ROOT), MESSAGES_MAX);
    }
}
