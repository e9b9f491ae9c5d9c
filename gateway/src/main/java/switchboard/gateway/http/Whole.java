package switchboard.gateway.http;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import switchboard.ticketing.base.Failure;

/// A list in a request has no holes: a field may be left out, an element of a list may not.
final class Whole {
    private Whole() {}

    /// @throws Failure.Invalid that names the field whose list has an empty element
    static void require(Object value, String at) {
        if (value instanceof Record request) {
            for (var part : request.getClass().getRecordComponents()) {
                require(read(request, part), at.isEmpty() ? part.getName() : at + "." + part.getName());
            }
        } else if (value instanceof Collection<?> many) {
            for (var one : many) {
                if (one == null) throw Failure.Invalid.field(at, "has an empty element");
                require(one, at);
            }
        }
    }

    private static Object read(Record request, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(request);
        } catch (ReflectiveOperationException bug) {
            throw new IllegalStateException(bug);
        }
    }
}
