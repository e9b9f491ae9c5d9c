package switchboard.gateway.content;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Signer;

/// Addresses of content that strangers wrote: signed, for one viewer, for at most fifteen minutes.
///
/// `/content/<payload>.<signature>`; the payload is `kind:id:expiry:viewer`. The address alone shows nothing: whoever
/// serves it asks again whether the viewer may still see it.
public final class ContentLinks {
    public static final String PATH = "/content/";
    /// Stands in for the viewer in what is rendered once for many; such an address opens nothing until `forViewer`.
    public static final UUID SHARED = new UUID(0, 0);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int SIGNATURE_BYTES = 32;
    private static final String PURPOSE = "content-link";

    private final Signer signer;
    private final String origin;
    private final Clock clock;

    /// @param origin where content is served, without a slash at the end; empty for the console's own
    public ContentLinks(Signer signer, String origin, Clock clock) {
        this.signer = signer;
        this.origin = origin;
        this.clock = clock;
    }

    public enum Kind {
        /// A message's HTML; the id is the message's.
        MAIL,
        /// An attachment, image or recording; the id is the attachment's.
        FILE
    }

    public record Target(Kind kind, UUID id, UUID viewer) {}

    /// The HTML of a message, for a sandboxed frame.
    public String mail(UUID message, UUID viewer) {
        return url(Kind.MAIL, message, viewer);
    }

    public String file(UUID attachment, UUID viewer) {
        return url(Kind.FILE, attachment, viewer);
    }

    private String url(Kind kind, UUID id, UUID viewer) {
        // Rounded, so that the same thing has the same address for some minutes and a frame need not load again.
        long steps = clock.instant().getEpochSecond() / STEP.toSeconds() + 3;
        var payload = kind.ordinal() + ":" + id + ":" + steps * STEP.toSeconds() + ":" + viewer;
        return origin + PATH + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.US_ASCII))
                + "." + signer.sign(PURPOSE, payload, SIGNATURE_BYTES);
    }

    /// What the last part of an address of ours names; empty when a bit of it was changed or its time is over.
    public Optional<Target> open(String signed) {
        try {
            int dot = signed.lastIndexOf('.');
            if (dot < 0 || signed.length() > 400) return Optional.empty();
            var payload = new String(Base64.getUrlDecoder().decode(signed.substring(0, dot)),
                    StandardCharsets.US_ASCII);
            if (!signer.verify(PURPOSE, payload, SIGNATURE_BYTES, signed.substring(dot + 1))) return Optional.empty();
            var parts = payload.split(":");
            if (Instant.ofEpochSecond(Long.parseLong(parts[2])).isBefore(clock.instant())) return Optional.empty();
            return Optional.of(new Target(Kind.values()[Integer.parseInt(parts[0])], UUID.fromString(parts[1]),
                    UUID.fromString(parts[3])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            return Optional.empty();
        }
    }

    /// The same content for another viewer; anything that is not an address of ours stays as it is.
    public String forViewer(String url, UUID viewer) {
        if (!url.startsWith(origin + PATH)) return url;
        return open(url.substring((origin + PATH).length()))
                .map(target -> url(target.kind(), target.id(), viewer)).orElse(url);
    }

    /// The value of `img-src` for hostile HTML: nothing but what we serve below this path.
    public String source(String publicUrl) {
        return (origin.isEmpty() ? publicUrl : origin) + PATH;
    }
}
