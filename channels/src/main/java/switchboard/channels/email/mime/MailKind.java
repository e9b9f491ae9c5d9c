package switchboard.channels.email.mime;

/// What sort of message this is, as intake treats it.
public enum MailKind {
    NORMAL("normal"), BOUNCE("bounce"), DELAYED("delayed"), COMPLAINT("complaint"), AUTO_REPLY("auto-reply");

    private final String label;

    MailKind(String label) {
        this.label = label;
    }

    /// The word used in JSON.
    public String label() {
        return label;
    }
}
