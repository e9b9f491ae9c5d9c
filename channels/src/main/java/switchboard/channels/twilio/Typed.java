package switchboard.channels.twilio;

import java.util.regex.Pattern;
import switchboard.channels.twilio.SignedDoor.Hook;
import switchboard.channels.twilio.SignedDoor.Refused;

/// The syntax of each field that we read. A signature runs names and values together, so that a captured form could be
/// cut anew elsewhere (`A=BC` as `AB=C`): fields that are there once and each have their own shape cannot.
public enum Typed {
    MESSAGE("(SM|MM)[0-9a-fA-F]{32}"),
    CALL("CA[0-9a-fA-F]{32}"),
    CONFERENCE("CF[0-9a-fA-F]{32}"),
    RECORDING("RE[0-9a-fA-F]{32}"),
    QUEUE("QU[0-9a-fA-F]{32}"),
    /// Any value the network sends: E.164, short codes, names with any signs, `client:`, `sip:` with parameters, `*86`,
    /// words for withheld. No caller is refused for its form.
    SENDER("(?s).*"),
    NUMBER("\\+[0-9]{3,15}|[0-9]{3,8}"),
    WORD("[a-z][a-z_-]{1,30}"),
    /// Keys, and the tones A to D, which a noisy line can produce.
    DIGITS("[0-9#*a-dA-DwW]{0,64}"),
    COUNT("[0-9]{1,9}"),
    ERROR("[0-9]{0,6}"),
    /// Any length up to the form's limit: we store what arrived.
    TEXT("(?s).*");

    private final Pattern form;

    Typed(String form) {
        this.form = Pattern.compile(form);
    }

    /// @throws Refused when the field is missing, repeated, or of another shape
    public String required(Hook hook, String name) {
        var values = hook.form().all(name);
        if (values.size() != 1 || !form.matcher(values.getFirst()).matches()) throw new Refused(name);
        return values.getFirst();
    }

    /// @return empty text when the field is missing
    public String optional(Hook hook, String name) {
        return hook.form().first(name).isEmpty() ? "" : required(hook, name);
    }
}
