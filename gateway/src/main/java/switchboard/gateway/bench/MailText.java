package switchboard.gateway.bench;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Customers' mails of two to four kilobytes: new questions, from strangers and from known customers, and answers that
/// quote what they answer. The same seed writes the same mails.
final class MailText {
    private static final double REPLIES = 0.4;
    private static final double STRANGERS = 0.6;
    private static final int OPEN_MAX = 200;
    private static final int STOCK_LINES = 600;
    private static final int LINE_WORDS = 12;
    private static final int MAIL_CHARS = 6_000; // about the longest: to make room bit by bit costs its share too
    private static final String[] WORDS = ("the order parcel invoice arrived late and I would like to know when you "
            + "can send a new one because our office needs it before Friday please tell me whether the address on my "
            + "account is right since last time the driver went to our old building thank you for your quick help "
            + "with this matter we paid by card on Monday but the page still shows an open amount could somebody "
            + "check that").split(" ");

    record Mail(String id, String from, byte[] bytes) {}

    private record Thread(String customer, String subject, String lastId, List<String> references, Lines said) {}

    /// A stretch of the stock.
    private record Lines(int from, int count) {}

    private final Random random;
    /// Lines that each mail takes a stretch of: to choose every word anew would cost more than to send it.
    private final Stock stock;
    private final Stock quoted;
    private final String mailbox;
    private final String series;
    private final List<Thread> open = new ArrayList<>();
    private final List<String> customers = new ArrayList<>();
    private int mails;
    private ZonedDateTime dated;
    private String date;

    MailText(String series, String mailbox, long seed) {
        this.random = new Random(seed);
        this.mailbox = mailbox;
        this.series = series;
        var lines = Stream.generate(() -> words(LINE_WORDS)).limit(STOCK_LINES).toList();
        this.stock = new Stock("", lines);
        this.quoted = new Stock("> ", lines);
    }

    private static final class Stock {
        private final String text;
        private final int[] starts = new int[STOCK_LINES + 1];

        Stock(String before, List<String> lines) {
            var all = new StringBuilder();
            for (int i = 0; i < STOCK_LINES; i++) {
                all.append(before).append(lines.get(i)).append("\r\n");
                starts[i + 1] = all.length();
            }
            this.text = all.toString();
        }

        void write(Lines lines, StringBuilder to) {
            to.append(text, starts[lines.from()], starts[lines.from() + lines.count()]);
        }
    }

    Mail next() {
        boolean reply = !open.isEmpty() && random.nextDouble() < REPLIES;
        var before = reply ? open.remove(random.nextInt(open.size())) : null;
        var customer = reply ? before.customer() : customer();
        var id = series + "." + ++mails + "@customers.test";
        int count = reply ? 10 + random.nextInt(10) : 25 + random.nextInt(21);
        var said = new Lines(random.nextInt(STOCK_LINES - count), count);
        var subject = reply ? before.subject() : words(3 + random.nextInt(4));
        var references = new ArrayList<String>(reply ? before.references() : List.of());
        if (reply) references.add(before.lastId());
        var text = new StringBuilder(MAIL_CHARS);
        text.append("Received: from mail.customers.test by mx.example.test; ").append(date()).append("\r\n")
                .append("From: Customer ").append(customer, 0, customer.indexOf('@')).append(" <").append(customer)
                .append(">\r\nTo: <").append(mailbox).append(">\r\nDate: ").append(date()).append("\r\nMessage-ID: <")
                .append(id).append(">\r\nSubject: ").append(reply ? "Re: " : "").append(subject).append("\r\n");
        if (reply) {
            text.append("In-Reply-To: <").append(before.lastId()).append(">\r\nReferences: <")
                    .append(String.join(">\r\n <", references)).append(">\r\n");
        }
        text.append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n");
        stock.write(said, text);
        if (reply) {
            text.append("\r\nOn Monday you wrote:\r\n");
            quoted.write(before.said(), text);
        }
        text.append("-- \r\nCustomer, Example Street 1\r\n");
        open.add(new Thread(customer, subject, id, references.subList(Math.max(0, references.size() - 8),
                references.size()), said));
        if (open.size() > OPEN_MAX) open.removeFirst();
        return new Mail(id, customer, text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private String customer() {
        if (customers.isEmpty() || random.nextDouble() < STRANGERS) {
            customers.add("c" + series.replace('.', '-') + "-" + customers.size() + "@customers.test");
            return customers.getLast();
        }
        return customers.get(random.nextInt(customers.size()));
    }

    private String words(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    /// Of one of the last seconds: to write it anew for each mail would be the dearest part of the sender.
    private String date() {
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        if (dated == null || now.isAfter(dated.plusSeconds(1))) {
            dated = now;
            date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now);
        }
        return date;
    }
}
