package switchboard.channels.sms;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.channels.twilio.Bodies;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.conversation.LateFiles;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;

/// Fetches one picture of a text and attaches it. Only the carrier is asked, and only places on the public Internet
/// that it sends us on to; our credentials go to the carrier alone.
final class MediaFetch {
    /// What the carrier lets through in one picture message.
    static final int SIZE_BYTES_MAX = 5 * 1024 * 1024;
    private static final int REDIRECTS_MAX = 3;
    /// About half a minute with the outbox's back-off.
    private static final int NOT_THERE_TRIES_MAX = 5;
    /// About half an hour; an agent who reads the text before then sees that a picture is missing.
    private static final int TRIES_MAX = 12;
    private static final Map<String, String> ENDINGS = Map.of("jpeg", "jpg", "plain", "txt", "vcard", "vcf", "x-vcard",
            "vcf", "calendar", "ics", "quicktime", "mov", "mpeg", "mp3", "octet-stream", "bin", "3gpp", "3gp");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Database database;
    private final LateFiles files;
    private final TwilioSettings settings;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER).executor(Thread::startVirtualThread).build();

    MediaFetch(Database database, Journal journal, TwilioSettings settings) {
        this.database = database;
        this.files = new LateFiles(database, journal);
        this.settings = settings;
    }

    Delivery deliver(Outbox.Leased row) {
        var message = UUID.fromString(row.payload().path("messageId").asText());
        if (!files.awaited(message)) {
            return new Delivery.RetryLater("The text is not read yet", Optional.of(Duration.ofSeconds(1)));
        }
        try {
            var fetched = fetch(URI.create(row.payload().path("url").asText()));
            if (fetched.isEmpty()) return notThere(row, message);
            attach(row, message, fetched.get());
            return new Delivery.Accepted(null, "sent");
        } catch (IllegalArgumentException forbidden) {
            return lost(row, message, "media", String.valueOf(forbidden.getMessage()));
        } catch (IOException failed) {
            return row.attempts() < TRIES_MAX ? new Delivery.RetryLater(failed.toString(), Optional.empty())
                    : lost(row, message, "unreachable", "It could not be fetched: " + failed.getMessage());
        }
    }

    /// The webhook may arrive before the carrier's storage is ready.
    private Delivery notThere(Outbox.Leased row, UUID message) {
        return row.attempts() < NOT_THERE_TRIES_MAX
                ? new Delivery.RetryLater("The carrier does not have it yet", Optional.empty())
                : lost(row, message, "not-there", "There is no such picture any more");
    }

    private void attach(Outbox.Leased row, UUID message, byte[] bytes) {
        int position = row.payload().path("position").asInt();
        var type = row.payload().path("type").asText();
        var known = type.matches("[a-z]+/[a-zA-Z0-9.+-]{1,60}") ? type : "application/octet-stream";
        files.attach(message, position, name(known, position + 1), known, bytes);
        boolean others = database.sql().exists("""
                select 1 from outbox where channel = $1 and state = 'failed' and id <> $2
                  and payload ->> 'messageId' = $3""", SmsChannel.MEDIA, row.id(), message.toString());
        if (!others) files.found(message);
    }

    private static String name(String type, int number) {
        var kind = switch (type.substring(0, type.indexOf('/'))) {
            case "image" -> "picture";
            case "audio" -> "sound";
            case "video" -> "video";
            default -> "file";
        };
        var sub = type.substring(type.indexOf('/') + 1);
        return kind + "-" + number + "." + ENDINGS.getOrDefault(sub, sub.replaceFirst("[+.].*$", ""));
    }

    private Delivery lost(Outbox.Leased row, UUID message, String code, String reason) {
        files.lost(message);
        return new Delivery.Refused(code, reason + " (picture " + (row.payload().path("position").asInt() + 1) + ")");
    }

    /// @return empty when the carrier does not have it
    private Optional<byte[]> fetch(URI first) throws IOException {
        if (!carriers(first)) throw new IllegalArgumentException("A picture is fetched from the carrier alone");
        var url = first;
        for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
            var request = HttpRequest.newBuilder(url).timeout(PATIENCE);
            if (hop == 0) request.header("Authorization", authorization());
            var response = send(request.build());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == 404 || status == 410) return Optional.empty();
                if (status / 100 == 3) {
                    url = url.resolve(response.headers().firstValue("Location")
                            .orElseThrow(() -> new IOException("no Location")));
                    if (!carriers(url)) publicPlace(url);
                    continue;
                }
                if (status != 200) throw new IOException("the carrier answered " + status);
                var bytes = Bodies.read(body, SIZE_BYTES_MAX, PATIENCE);
                if (bytes.length > SIZE_BYTES_MAX) throw new IllegalArgumentException("It is larger than 5 MB");
                return Optional.of(bytes);
            }
        }
        throw new IllegalArgumentException("The picture is sent on and on");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    private boolean carriers(URI url) {
        if (url.getHost() == null) return false;
        return settings.baseUrl().map(base -> base.getScheme().equals(url.getScheme()) && base.getHost()
                .equals(url.getHost())
                && base.getPort() == url.getPort()).orElse(false)
                || "https".equals(url.getScheme()) && url.getPort() == -1
                && (url.getHost().equals("twilio.com") || url.getHost().endsWith(".twilio.com"));
    }

    private static void publicPlace(URI url) throws IOException {
        if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getPort() != -1) {
            throw new IllegalArgumentException("The picture was sent on to a place that is not allowed");
        }
        for (var address : InetAddress.getAllByName(url.getHost())) {
            if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress() || address.isMulticastAddress() || uniqueLocal(address)) {
                throw new IllegalArgumentException("The picture was sent on to a private address");
            }
        }
    }

    private static boolean uniqueLocal(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }

    private String authorization() {
        var pair = settings.username() + ":" + settings.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
