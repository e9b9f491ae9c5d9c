package switchboard.ticketing.base;

import java.time.Duration;
import java.util.List;

/// A request that is refused, in the words of the feature that refuses it. It becomes problem+json
/// in exactly one place (the gateway's `Problem`); anything else that is thrown is a bug.
///
/// `code` is stable and machine-readable, the message is for people.
public sealed class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private Failure(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// One field of the request that is wrong, and why.
    public record Field(String field, String detail) {}

    public static final class NotFound extends Failure {
        private static final long serialVersionUID = 1L;

        public NotFound(String what) {
            super("not-found", what + " was not found");
        }

        /// For what was there once, or is named otherwise than by its kind.
        public NotFound(String code, String detail) {
            super(code, detail);
        }
    }

    public static final class Unauthenticated extends Failure {
        private static final long serialVersionUID = 1L;

        public Unauthenticated(String detail) {
            super("unauthenticated", detail);
        }
    }

    public static final class Forbidden extends Failure {
        private static final long serialVersionUID = 1L;

        public Forbidden(String detail) {
            super("forbidden", detail);
        }

        /// For a refusal that the caller can lift.
        public Forbidden(String code, String detail) {
            super(code, detail);
        }
    }

    /// The state has moved on; `current` (may be null) is what the caller should look at before trying again.
    public static final class Conflict extends Failure {
        private static final long serialVersionUID = 1L;
        private final transient Object current;

        public Conflict(String code, String detail) {
            this(code, detail, null);
        }

        public Conflict(String code, String detail, Object current) {
            super(code, detail);
            this.current = current;
        }

        public Object current() {
            return current;
        }
    }

    public static final class Invalid extends Failure {
        private static final long serialVersionUID = 1L;
        private final transient List<Field> fields;

        public Invalid(String detail) {
            this(detail, List.of());
        }

        public Invalid(String detail, List<Field> fields) {
            this("invalid", detail, fields);
        }

        /// For a refusal that a client explains in its own words.
        public Invalid(String code, String detail, List<Field> fields) {
            super(code, detail);
            this.fields = fields;
        }

        /// With its own code, for which a console has its own text.
        public static Invalid field(String code, String field, String detail) {
            return new Invalid(code, detail, List.of(new Field(field, detail)));
        }

        public static Invalid field(String field, String detail) {
            return new Invalid(field + ": " + detail, List.of(new Field(field, detail)));
        }

        public List<Field> fields() {
            return fields;
        }
    }

    public static final class TooMany extends Failure {
        private static final long serialVersionUID = 1L;

        private static final Duration SOON = Duration.ofSeconds(2);
        private final Duration after;

        public TooMany(String detail) {
            this(detail, SOON);
        }

        /// @param after the wait before another try
        public TooMany(String detail, Duration after) {
            super("too-many", detail);
            this.after = after;
        }

        public Duration after() {
            return after;
        }
    }

    public static final class Unavailable extends Failure {
        private static final long serialVersionUID = 1L;

        public Unavailable(String detail) {
            super("unavailable", detail);
        }
    }
}
