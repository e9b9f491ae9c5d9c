package switchboard.gateway.crash;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of one stimulus, as it stands in its text: `key(mail3.17)` is the 17th of the lane `mail3`.
record Key(String lane, int number) {
    private static final Pattern IN_TEXT = Pattern.compile("key\\(([a-z]+\\d+)\\.(\\d+)\\)");

    static Optional<Key> in(String text) {
        var found = IN_TEXT.matcher(text);
        return found.find() ? Optional.of(new Key(found.group(1), Integer.parseInt(found.group(2)))) : Optional.empty();
    }

    static Key of(String name) {
        int dot = name.lastIndexOf('.');
        return new Key(name.substring(0, dot), Integer.parseInt(name.substring(dot + 1)));
    }

    int laneNumber() {
        return Integer.parseInt(lane.replaceAll("\\D", ""));
    }

    String text() {
        return "Something is wrong with key(" + this + "), please help.";
    }

    @Override
    public String toString() {
        return lane + "." + number;
    }
}
