package switchboard.gateway.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The demo company, its customers and what they have written to it so far, as read from the resources beside this
/// type: `company.json`, `customers.json` and `history.jsonl`. Pure content: nothing here touches a database.
///
/// People, teams and customers refer to each other by `key`; an unknown key or field is a mistake that the tests find.
/// The help centre's articles lie in the knowledge base, under `switchboard/knowledgebase/demo`.
///
/// @param history every event of every thread, oldest first
public record DemoContent(Company company, List<Customer> customers, List<Event> history) {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

    /// Reads the content from the class path.
    ///
    /// @throws UncheckedIOException when a resource is missing or is not of the shape of these records
    public static DemoContent load() {
        return new DemoContent(
                parse(text("company.json"), new TypeReference<Company>() {}),
                parse(text("customers.json"), new TypeReference<List<Customer>>() {}),
                text("history.jsonl").lines().map(line -> parse(line, new TypeReference<Event>() {})).toList());
    }

    /// The same words in the two languages of the demo.
    public record Words(String en, String zh) {

        /// The words for a language tag such as `en` or `zh-CN`; anything that is not Chinese reads English.
        public String in(String language) {
            return language.startsWith("zh") ? zh : en;
        }
    }

    /// @param number  the company's own number, E.164
    /// @param agents  the twelve who answer; `admin` is not among them
    /// @param skills  every name that an agent's skills use
    public record Company(String name, String nameZh, Words tagline, Words story, Words tone, Words hours,
            String supportAddress, String number, List<Team> teams, List<String> skills, List<Agent> agents,
            Agent admin, List<Macro> macros, Shop shop) {}

    /// @param channels the channels whose work the team takes, as the API spells them
    public record Team(String key, String name, String description, List<String> channels) {}

    /// @param role   `agent`, `lead` or `admin`
    /// @param teams  keys of teams
    /// @param phone  the agent's own phone, E.164
    /// @param status how the agent starts the day: `available`, `away` or `offline`
    public record Agent(String key, String name, String email, String role, String language, List<String> teams,
            List<Skill> skills, String phone, String status, String signature) {}

    /// @param level 1 (some) to 5 (expert)
    public record Skill(String name, int level) {}

    /// A reply with `{{customer.name}}`, `{{agent.name}}` and `{{ticket.number}}` to be filled in.
    public record Macro(Words title, Words text, List<Action> actions) {}

    /// @param kind  `status`, `tag`, `assign-me`, `priority` or `team`
    /// @param value the status, tag, priority or team key; empty for `assign-me`
    public record Action(String kind, String value) {}

    /// @param currency         the ISO 4217 code in each language
    /// @param freeShippingFrom the goods' value from which delivery within the EU or mainland China costs nothing
    public record Shop(Words currency, Price freeShippingFrom, List<Product> products) {}

    /// Whole euros and whole yuan.
    public record Price(int eur, int cny) {}

    /// @param color the accent colour, `#rrggbb`
    public record Product(String sku, Words name, Price price, Words blurb, String emoji, String color) {}

    /// @param lifecycle  `lead`, `new`, `active`, `loyal`, `at-risk` or `churned`
    /// @param attributes tier, points, city and country (ISO 3166)
    /// @param timezone   an IANA zone
    public record Customer(String key, String name, Optional<String> company, String language, String lifecycle,
            List<String> segments, Map<String, Object> attributes, String timezone, List<Identity> identities) {}

    /// @param kind `email`, `phone` (E.164) or `external` (`shop:<number>`)
    public record Identity(String kind, String value) {}

    /// One thing that happened in a thread. A thread becomes one ticket, whatever channels it crosses.
    ///
    /// @param minutesAgo how long before the demo is loaded
    /// @param customer   key of the customer
    /// @param channel    `email`, `sms`, `chat` or `phone`
    /// @param direction  `inbound`, `outbound`, or `note` for a word between agents
    /// @param agent      key of who wrote or took the call; empty for a customer's message and a missed call
    /// @param subject    on a thread's first event the ticket's subject, later that of a mail
    /// @param text       the whole message with greeting, signature and quote; for a call what was said
    /// @param then       what this event changes on the ticket
    public record Event(int minutesAgo, String customer, String thread, String channel, String direction,
            Optional<String> agent, Optional<String> subject, String text, Optional<String> html,
            Optional<Call> call, Optional<Then> then) {}

    /// @param outcome `answered`, `missed` or `voicemail`
    /// @param summary the agent's words, or the voicemail as text
    public record Call(int durationSeconds, String outcome, String summary) {}

    /// What is absent stays as it was.
    ///
    /// @param status        `open`, `pending`, `snoozed` or `solved`
    /// @param team          key of a team
    /// @param assignee      key of an agent
    /// @param snoozeMinutes only with `snoozed`: how long from the loading of the demo
    public record Then(Optional<String> status, Optional<String> priority, Optional<List<String>> tags,
            Optional<String> team, Optional<String> assignee, Optional<Integer> snoozeMinutes) {}

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = DemoContent.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("demo content is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
