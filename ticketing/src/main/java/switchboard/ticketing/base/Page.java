package switchboard.ticketing.base;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/// One page of a list: `next` is the cursor to pass as `after`, or null on the last page.
public record Page<T>(List<T> items, String next) {
    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    /// A page of a list that is there whole.
    ///
    /// @param after the key of the last item seen, or null for the beginning
    /// @param key of the item at this place, which no other item of the list has
    /// @throws Failure.Invalid when no item has the key `after`
    public static <T> Page<T> cut(List<T> all, String after, int limit, IntFunction<?> key) {
        int from = 0;
        while (after != null && from <= all.size()) {
            if (from == all.size()) throw Failure.Invalid.field("after", "is no place in this list; begin again");
            if (after.equals(String.valueOf(key.apply(from++)))) break;
        }
        int to = Math.min(all.size(), from + limit);
        return new Page<>(all.subList(from, to), to == all.size() ? null : String.valueOf(key.apply(to - 1)));
    }

    /// Pages are read with one row more than the limit; that row only says that there is a next page.
    public static <T> Page<T> of(List<T> limitPlusOne, int limit, Function<T, Object> cursor) {
        if (limitPlusOne.size() <= limit) return new Page<>(limitPlusOne, null);
        var items = limitPlusOne.subList(0, limit);
        return new Page<>(List.copyOf(items), String.valueOf(cursor.apply(items.getLast())));
    }
}
