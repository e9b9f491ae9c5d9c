package switchboard.ticketing.call;

import java.util.Optional;
import java.util.UUID;

/// Where a call stands. Each state carries only what is true in it.
public sealed interface CallState {
    /// The caller hears the greeting and chooses.
    record Menu() implements CallState {}

    /// The caller leaves word.
    record TakingMessage() implements CallState {}

    record Queued() implements CallState {}

    /// One agent is asked to take it.
    record Offered(UUID agent) implements CallState {}

    /// The agent's telephone rings for the `leg`-th time of this call.
    record RingingAgent(UUID agent, int leg) implements CallState {}

    record Active(UUID agent, int leg) implements CallState {}

    record Held(UUID agent, int leg) implements CallState {}

    /// The call is over, the agent still writes down what it was about.
    record WrapUp(UUID agent) implements CallState {}

    record Ended() implements CallState {}

    /// As it is stored.
    default String word() {
        return switch (this) {
            case Menu _ -> "menu";
            case TakingMessage _ -> "message";
            case Queued _ -> "queued";
            case Offered _ -> "offered";
            case RingingAgent _ -> "ringing-agent";
            case Active _ -> "active";
            case Held _ -> "held";
            case WrapUp _ -> "wrapup";
            case Ended _ -> "ended";
        };
    }

    default Optional<UUID> owner() {
        return switch (this) {
            case Menu _, TakingMessage _, Queued _, Ended _ -> Optional.empty();
            case Offered(var agent) -> Optional.of(agent);
            case RingingAgent(var agent, _) -> Optional.of(agent);
            case Active(var agent, _) -> Optional.of(agent);
            case Held(var agent, _) -> Optional.of(agent);
            case WrapUp(var agent) -> Optional.of(agent);
        };
    }

    static CallState of(String word, UUID agent, int leg) {
        return switch (word) {
            case "menu" -> new Menu();
            case "message" -> new TakingMessage();
            case "queued" -> new Queued();
            case "offered" -> new Offered(agent);
            case "ringing-agent" -> new RingingAgent(agent, leg);
            case "active" -> new Active(agent, leg);
            case "held" -> new Held(agent, leg);
            case "wrapup" -> new WrapUp(agent);
            case "ended" -> new Ended();
            default -> throw new IllegalStateException("A call cannot be " + word);
        };
    }
}
