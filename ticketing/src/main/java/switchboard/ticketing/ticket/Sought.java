package switchboard.ticketing.ticket;

import static java.util.stream.Collectors.joining;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.ticketing.access.Spelling;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.ticket.SearchOperator.Field;

/// A search as somebody types it, taken apart: words and `"phrases"`, and operators such as `status:open`,
/// `-tag:vip` or `from:"Mia Chen"`. Operators have English and Chinese names, and a full-width colon works too.
/// A word with a colon that is no operator's name (`re:`, `12:30`, `https://...`) is an ordinary word, and so is
/// everything in quotation marks.
///
/// @param words without the operators, as `access.Spelling` reads them
/// @param refused operators with a value that can't be: never empty words, never an exception
public record Sought(String words, List<SearchOperator> operators, List<Refused> refused) {
    private static final String MARKS = "\"\u201c\u201d\u300c\u300d";
    /// A phrase that is still being typed ends where the text does.
    private static final String PHRASE = "[" + MARKS + "][^" + MARKS + "]+(?:[" + MARKS + "]|$)";
    private static final Pattern UNFINISHED = Pattern.compile("-?[" + MARKS + "][^" + MARKS + "]+");
    private static final String NAMES = Stream.of(Field.values()).flatMap(field -> field.names.stream())
            .collect(joining("|"));
    private static final String VALUE = "(?:" + PHRASE + "|[^\\s,\u3001" + MARKS + "]+)";
    private static final Pattern PART = Pattern.compile("-?" + PHRASE + "|(?<not>-)?(?<name>" + NAMES
            + "):[ \u00a0]*(?<values>(?!-?(?:" + NAMES + "):)" + VALUE + "(?:[,\u3001]" + VALUE + ")*)?[,\u3001]*|\\S+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern ONE = Pattern.compile(VALUE);
    /// The groups of a number that go on after a blank.
    private static final Pattern MORE_DIGITS = Pattern.compile("\\G(?:[ \u00a0]+[\\d().\u00a0/-]+)+(?=\\s|$)");

    /// An operator whose value can't be, as the person typed it.
    ///
    /// @param operator its English name: status, channel, from, tag, assignee, team
    /// @param value empty when none was given
    /// @param allowed every possible value, if they are few and fixed; otherwise empty
    public record Refused(String operator, String value, List<String> allowed) {
        String inWords() {
            var wrong = value.isEmpty() ? operator + ": needs a value" : "there is no " + operator + " " + value;
            return allowed.isEmpty() ? wrong : wrong + "; it is one of " + String.join(", ", allowed);
        }
    }

    /// @param q may be null
    public static Sought of(String q) {
        var text = Normalizer.normalize(q == null ? "" : q.replace("\0", "").strip(), Normalizer.Form.NFKC);
        var words = new ArrayList<String>();
        var operators = new ArrayList<SearchOperator>();
        var refused = new ArrayList<Refused>();
        var part = PART.matcher(text);
        for (int from = 0; part.find(from); ) {
            from = part.end();
            if (part.group("name") == null) {
                words.add(UNFINISHED.matcher(part.group()).matches() ? part.group() + '"' : part.group());
                continue;
            }
            var field = Field.named(part.group("name"));
            var values = values(part.group("values"));
            if (field == Field.FROM) from = wholeNumber(text, from, values);
            take(field, part.group("not") != null, values, operators, refused);
        }
        return new Sought(String.join(" ", words), List.copyOf(operators), List.copyOf(refused));
    }

    private static void take(Field field, boolean not, List<String> typed, List<SearchOperator> operators,
                             List<Refused> refused) {
        var values = new ArrayList<String>();
        for (var value : typed) {
            field.value(value).ifPresentOrElse(values::add,
                    () -> refused.add(new Refused(field.word(), value, field.allowed())));
        }
        if (typed.isEmpty()) refused.add(new Refused(field.word(), "", field.allowed()));
        if (!values.isEmpty()) operators.add(new SearchOperator(field, not, List.copyOf(values)));
    }

    private static List<String> values(String typed) {
        return typed == null ? new ArrayList<>() : new ArrayList<>(ONE.matcher(typed).results()
                .map(one -> one.group().replaceAll("^[" + MARKS + "]|[" + MARKS + "]$", "").strip())
                .filter(value -> !value.isEmpty()).toList());
    }

    /// `from:+1 555 012 0125`: the blanks belong to the number as long as it stays one.
    private static int wholeNumber(String text, int from, List<String> values) {
        if (values.size() != 1 || !values.getFirst().matches("[+(]?\\d[\\d().\u00a0/-]*")) return from;
        Matcher more = MORE_DIGITS.matcher(text);
        if (!more.find(from)) return from;
        var whole = values.getFirst() + more.group();
        if (Spelling.phone(whole).isEmpty()) return from;
        values.set(0, whole);
        return more.end();
    }

    /// With the agents and teams looked up, too.
    public Sought checked(Sql sql) {
        var all = new ArrayList<>(refused);
        operators.forEach(one -> all.addAll(one.unknown(sql)));
        return new Sought(words, operators, List.copyOf(all));
    }

    /// What the operators ask of `ticket t`; nothing is found as long as one of them is refused.
    ///
    /// @param reader whose `me` is meant
    public Where where(UUID reader) {
        if (!refused.isEmpty()) return Where.NONE;
        // A ticket has one status but many tags: the former repeated means any, the latter all.
        var fields = operators.stream().collect(Collectors.groupingBy(one ->
                one.not() || one.field() == Field.TAG ? one : one.field(), LinkedHashMap::new, Collectors.toList()));
        return fields.values().stream().map(same -> same.stream().map(one -> one.where(reader)).reduce(Where::or)
                .orElse(Where.NONE)).reduce(Where::and).orElse(Where.ALL);
    }

    /// True when it asks for tickets only: customers and articles have none of the fields.
    public boolean ticketsOnly() {
        return !operators.isEmpty() || !refused.isEmpty();
    }
}
