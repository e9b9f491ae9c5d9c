package switchboard.channels.simulator;

import java.time.Duration;

/// How fast the telephone world runs.
///
/// @param millisPerCharacter of speech by the line
/// @param pauseFactor multiplies `Pause` and the length of played sound; waiting for a person is never shortened
/// @param carrierDelay between the steps of a text or of a call that is being set up
public record Pace(int millisPerCharacter, double pauseFactor, Duration carrierDelay) {
    /// For people: speech is shown about as fast as it is read.
    public static final Pace NATURAL = new Pace(35, 1, Duration.ofMillis(350));
    /// For tests: nothing takes time but waiting for a person.
    public static final Pace INSTANT = new Pace(0, 0, Duration.ZERO);

    private static final Duration SPEECH_MAX = Duration.ofSeconds(12);

    Duration speech(String text) {
        var spoken = Duration.ofMillis((long) millisPerCharacter * text.length());
        return spoken.compareTo(SPEECH_MAX) > 0 ? SPEECH_MAX : spoken;
    }

    Duration pause(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000 * pauseFactor));
    }
}
