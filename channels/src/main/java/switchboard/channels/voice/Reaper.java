package switchboard.channels.voice;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.journal.Worker;

/// Asks the carrier about legs that have been silent: after a restart all of them, later those whose last report may
/// have been lost.
final class Reaper implements AutoCloseable {
    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

    private final TwilioAccess access;
    private final Calls calls;
    private final Worker worker;
    private Duration silentFor = Duration.ZERO;

    Reaper(TwilioAccess access, Calls calls) {
        this.access = access;
        this.calls = calls;
        this.worker = new Worker("call-reaper", Duration.ofSeconds(30), this::look);
    }

    void start() {
        worker.start();
    }

    private boolean look() {
        for (var leg : calls.silent(silentFor)) {
            if (over(leg.sid())) calls.over(leg);
        }
        silentFor = SILENT;
        return false;
    }

    private boolean over(String sid) {
        try {
            var status = access.read(twilio -> Call.fetcher(sid).fetch(twilio).getStatus());
            return status != null && VoiceDoors.over(status.toString());
        } catch (ApiException answered) {
            return answered.getStatusCode() != null && answered.getStatusCode() == 404;
        } catch (RuntimeException unknown) {
            LOG.info("the carrier could not be asked about {}: {}", sid, unknown.toString());
            return false;
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
