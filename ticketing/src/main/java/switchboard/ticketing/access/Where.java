package switchboard.ticketing.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A condition of a query with its values: each `?` in the text stands for one value, bound, never spliced.
/// The texts are constants of the code.
public record Where(String text, List<Object> values) {
    public static final Where ALL = new Where("true", List.of());
    public static final Where NONE = new Where("false", List.of());

    public static Where of(String text, Object... values) {
        return new Where(text, Arrays.asList(values));
    }

    public Where and(Where other) {
        return join(" and ", other);
    }

    public Where and(String text, Object... values) {
        return and(of(text, values));
    }

    public Where or(Where other) {
        return join(" or ", other);
    }

    public Where not() {
        return new Where("not (" + text + ")", values);
    }

    private Where join(String word, Where other) {
        var both = new ArrayList<>(values);
        both.addAll(other.values);
        return new Where("(" + text + word + other.text + ")", both);
    }

    /// The text with `$n` for each `?`, counted from `first`.
    public String sql(int first) {
        var sql = new StringBuilder();
        int next = first;
        for (char c : text.toCharArray()) {
            if (c == '?') sql.append('$').append(next++);
            else sql.append(c);
        }
        return sql.toString();
    }

    /// `before` followed by this condition's values: the arguments of a query that was written with
    /// `sql(before.length + 1)`.
    public Object[] arguments(Object... before) {
        var all = new ArrayList<>(Arrays.asList(before));
        all.addAll(values);
        return all.toArray();
    }
}
