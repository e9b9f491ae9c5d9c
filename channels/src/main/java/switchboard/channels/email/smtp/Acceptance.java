package switchboard.channels.email.smtp;

/// What the house says to a message that a listener offers.
public sealed interface Acceptance {
    /// It is stored and committed; only now does the client hear 250.
    record Accepted() implements Acceptance {}

    /// It could not be stored now (451); the client keeps it and comes back.
    record TryLater(String reason) implements Acceptance {}

    /// It never will be (554).
    record Refused(String reason) implements Acceptance {}

    /// Called on the connection's own virtual thread and may block; an exception counts as TryLater.
    interface Delivery {
        Acceptance accept(Envelope envelope, byte[] raw);
    }
}
