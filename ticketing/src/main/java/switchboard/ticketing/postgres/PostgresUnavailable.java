package switchboard.ticketing.postgres;

/// The embedded PostgreSQL cannot run here. The message is one line that a person can act on.
public final class PostgresUnavailable extends RuntimeException {
    PostgresUnavailable(String line) {
        super(line);
    }

    PostgresUnavailable(String line, Throwable cause) {
        super(line, cause);
    }
}
