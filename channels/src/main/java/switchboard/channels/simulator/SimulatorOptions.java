package switchboard.channels.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the carrier knows about its one customer, the company.
///
/// @param port 0 takes a free one
/// @param smsUrl called for each text to the company's number
/// @param voiceUrl asked what to do with each call to the company's number
/// @param statusUrl told how each of these calls ended, and what became of texts sent through a messaging service
/// @param companyNumber E.164; every other number is a handset
/// @param apiKeys key SID to secret, accepted beside the account's own token
/// @param pace how long speech and silence last
/// @param folder where messages, opt-outs, calls and queues outlive a restart; empty: in memory
public record SimulatorOptions(String accountSid, String authToken, int port, String host, URI smsUrl, URI voiceUrl,
                               URI statusUrl, String companyNumber, Map<String, String> apiKeys, Pace pace,
                               Optional<Path> folder) {
    public SimulatorOptions(String accountSid, String authToken, int port, String host, URI smsUrl, URI voiceUrl,
                            URI statusUrl, String companyNumber) {
        this(accountSid, authToken, port, host, smsUrl, voiceUrl, statusUrl, companyNumber, Map.of(), Pace.NATURAL,
                Optional.empty());
    }

    public SimulatorOptions withFolder(Path folder) {
        return new SimulatorOptions(accountSid, authToken, port, host, smsUrl, voiceUrl, statusUrl, companyNumber,
                apiKeys, pace, Optional.of(folder));
    }

    public SimulatorOptions withPace(Pace pace) {
        return new SimulatorOptions(accountSid, authToken, port, host, smsUrl, voiceUrl, statusUrl, companyNumber,
                apiKeys, pace, folder);
    }

    public SimulatorOptions withApiKey(String key, String secret) {
        return new SimulatorOptions(accountSid, authToken, port, host, smsUrl, voiceUrl, statusUrl, companyNumber,
                Map.of(key, secret), pace, folder);
    }
}
