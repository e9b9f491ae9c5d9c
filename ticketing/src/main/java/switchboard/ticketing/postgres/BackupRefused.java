package switchboard.ticketing.postgres;

/// A backup or a restore that must not go on, in one line for the person who asked for it. Nothing has been changed.
public final class BackupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupRefused(String line) {
        super(line, null, false, false);
    }
}
