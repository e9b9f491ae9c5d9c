package switchboard.knowledgebase.site;

/// The door behind the contact form.
@FunctionalInterface
public interface ContactDoor {
    /// Returns when the message is committed; for a `clientKey` that is known already it does nothing.
    /// Called on a virtual thread.
    ///
    /// @throws switchboard.ticketing.base.Failure when it is not accepted; the reader keeps the text and is told why
    void submit(ContactForm form);
}
