package switchboard.channels.voice;

import java.net.URI;
import java.util.UUID;

/// The addresses that we give the carrier. They are absolute, since a document may be handed over without an address of
/// its own, and each names its step and its call, so that a repeat is known as one.
record VoiceAddresses(String publicUrl) {
    static final String BASE = "/webhooks/twilio/voice";
    /// Reports are brought again when we could not be reached, were slow, or could not store them.
    private static final String AGAIN = "#rc=2&rp=ct,rt,5xx";

    VoiceAddresses {
        publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    String step(String step, UUID call) {
        return publicUrl + BASE + "/" + step + "?call=" + call;
    }

    String step(String step, UUID call, String name, int value) {
        return step(step, call) + "&" + name + "=" + value;
    }

    URI report(String step, UUID call) {
        return URI.create(step(step, call) + AGAIN);
    }

    URI report(String step, UUID call, int leg) {
        return URI.create(step(step, call, "leg", leg) + AGAIN);
    }
}
