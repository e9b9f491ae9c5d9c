package switchboard.ticketing.base;

import java.util.List;
import java.util.function.Function;

/// One page of a list: `next` is the cursor to pass as `after`, or null on the last page.
public record Page<T>(List<T> items, String next) {
    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    /// Pages are read with one row more than the limit; that row only says that there is a next page.
    public static <T> Page<T> of(List<T> limitPlusOne, int limit, Function<T, Object> cursor) {
        if (limitPlusOne.size() <= limit) return new Page<>(limitPlusOne, null);
        var items = limitPlusOne.subList(0, limit);
        return new Page<>(List.copyOf(items), String.valueOf(cursor.apply(items.getLast())));
    }
}
