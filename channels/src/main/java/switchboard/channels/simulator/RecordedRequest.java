package switchboard.channels.simulator;

import java.time.Instant;
import switchboard.channels.twilio.FormBody;

/// One REST request as it came, and what it was answered.
///
/// @param path decoded, without the query
/// @param contentType empty when there was none
/// @param answer the body, empty for media and for 204
public record RecordedRequest(Instant at, String method, String path, FormBody query, String contentType,
                              FormBody form, int status, String answer) {}
