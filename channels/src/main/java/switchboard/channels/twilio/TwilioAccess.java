package switchboard.channels.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import switchboard.channels.twilio.CarrierOutcome.Accepted;
import switchboard.channels.twilio.CarrierOutcome.Refused;
import switchboard.channels.twilio.CarrierOutcome.RetryLater;
import switchboard.channels.twilio.CarrierOutcome.Unknown;

/// Our one way to Twilio's REST API. Every request is made once: whether to make it again is decided by the outbox,
/// from the outcome. At most [#CONCURRENT_MAX] requests are under way; a caller waits for its turn within the deadline.
///
/// Methods block; call them from a virtual thread, never from an event loop.
public final class TwilioAccess implements AutoCloseable {
    /// Twilio counts concurrent requests of an account and answers 429 above its limit; this stays well below.
    public static final int CONCURRENT_MAX = 32;
    /// Longer than Twilio ever takes to answer, shorter than an outbox lease.
    public static final Duration DEADLINE = Duration.ofSeconds(20);
    /// Clocks differ, and Twilio keeps whole seconds: how much earlier than our send a message may seem to be sent.
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(2);
    private static final int RECONCILE_MESSAGES_MAX = 1000;

    private final TwilioRestClient client;
    private final Semaphore twilioRequests = new Semaphore(CONCURRENT_MAX, true);
    private final OneTryClient transport;
    private final Duration deadline;

    public TwilioAccess(TwilioSettings settings) {
        this(settings, DEADLINE);
    }

    public TwilioAccess(TwilioSettings settings, Duration deadline) {
        this.deadline = deadline;
        transport = new OneTryClient(settings.baseUrl(), CONCURRENT_MAX);
        client = new TwilioRestClient.Builder(settings.username(), settings.password())
                .accountSid(settings.accountSid())
                .httpClient(transport)
                .build();
    }

    /// One text to one number.
    ///
    /// @param body at most 1,600 characters; may be empty when there is media
    /// @param statusCallback where the carrier reports sent, delivered, undelivered
    public CarrierOutcome text(String from, String to, String body, List<URI> media, Optional<URI> statusCallback) {
        return attempt(twilio -> {
            var creator = Message.creator(new PhoneNumber(to), new PhoneNumber(from), sendable(body));
            if (!media.isEmpty()) {
                creator.setMediaUrl(media);
            }
            statusCallback.ifPresent(creator::setStatusCallback);
            return accepted(creator.create(twilio));
        });
    }

    /// Makes one changing request and says what became of it; never throws for what the carrier or the network does.
    ///
    /// ```java
    /// access.attempt(twilio -> {
    ///     var call = Call.creator(to, from, url).create(twilio);
    ///     return new Accepted(call.getSid(), String.valueOf(call.getStatus()));
    /// });
    /// ```
    public CarrierOutcome attempt(Function<TwilioRestClient, Accepted> request) {
        try {
            return inTurn(request);
        } catch (OneTryClient.NotTaken e) {
            return new RetryLater(e.getMessage(), e.after);
        } catch (OneTryClient.NoVerdict e) {
            return new Unknown(e.getMessage());
        } catch (ApiException e) {
            int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
            return status == 0 && e.getCode() == null
                    ? new Unknown("an answer that is not understood: " + e.getMessage())
                    : new Refused(e.getCode() == null ? status : e.getCode(), e.getMessage());
        }
    }

    /// Reads from the carrier; a failure of any kind is an exception, since reading again does no harm.
    public <T> T read(Function<TwilioRestClient, T> request) {
        return inTurn(request);
    }

    /// Finds the message that an attempt of unknown outcome may have made: same sender, recipient and body, sent at
    /// or after `since`. Of several the oldest. Empty: the carrier does not have it, so it may be sent again.
    public Optional<Accepted> reconcile(String from, String to, String body, Instant since) {
        var after = since.minus(CLOCK_SLACK).atZone(ZoneOffset.UTC);
        return read(twilio -> {
            Message found = null;
            for (Message message : Message.reader().setTo(new PhoneNumber(to)).setFrom(new PhoneNumber(from))
                    .setDateSentAfter(after).limit(RECONCILE_MESSAGES_MAX).read(twilio)) {
                if (sendable(body).equals(message.getBody())) {
                    found = message;      // newest first: the last one seen is the oldest
                }
            }
            return Optional.ofNullable(found).map(TwilioAccess::accepted);
        });
    }

    @Override public void close() {
        transport.close();
    }

    /// The SDK leaves out a parameter whose value is the text `null`; a space after it is not seen by the reader.
    private static String sendable(String body) {
        return body.equals("null") ? "null " : body;
    }

    private static Accepted accepted(Message message) {
        return new Accepted(message.getSid(), message.getStatus() == null ? "unknown" : message.getStatus().toString());
    }

    private <T> T inTurn(Function<TwilioRestClient, T> request) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            if (!twilioRequests.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OneTryClient.NotTaken("too many requests are under way", Optional.empty());
            }
            return withinDeadline(request, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OneTryClient.NoVerdict("interrupted");
        }
    }

    private <T> T withinDeadline(Function<TwilioRestClient, T> request, long end) throws InterruptedException {
        var result = new CompletableFuture<T>();
        var thread = Thread.ofVirtual().name("twilio").start(() -> {
            try {
                result.complete(request.apply(client));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            } finally {
                twilioRequests.release();
            }
        });
        try {
            return result.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new OneTryClient.NoVerdict("no answer within " + deadline);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
