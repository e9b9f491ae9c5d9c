package switchboard.knowledgebase.site;

/// What a reader wrote in the contact form, checked.
///
/// @param name may be empty
/// @param email one address
/// @param clientKey made with the form, the same however often it is sent: the key of idempotency
public record ContactForm(String locale, String name, String email, String subject, String text, String clientKey) {}
