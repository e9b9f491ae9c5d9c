package switchboard.gateway.inspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.gateway.Settings;

/// The words of a command: plain ones, and `--name value`.
public record Options(List<String> plain, Map<String, String> named) {
    /// @param known the names that may be given
    /// @throws Settings.Wrong for another name, or one without a value
    public static Options of(List<String> words, List<String> known) {
        var plain = new ArrayList<String>();
        var named = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).startsWith("--")) {
                plain.add(words.get(i));
                continue;
            }
            var name = words.get(i).substring(2);
            if (!known.contains(name)) throw new Settings.Wrong("There is no option --" + name + " here; there are "
                    + known);
            if (i + 1 == words.size()) throw new Settings.Wrong("--" + name + " needs a value");
            named.put(name, words.get(++i));
        }
        return new Options(plain, named);
    }

    public Optional<Double> number(String name) {
        return Optional.ofNullable(named.get(name)).map(text -> {
            if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) throw new Settings.Wrong("--" + name
                    + " must be a number, not " + text);
            return Double.parseDouble(text);
        });
    }

    public int number(String name, int otherwise) {
        return number(name).map(Double::intValue).orElse(otherwise);
    }

    /// `20s`, `30m`, `1h`, or seconds.
    public Optional<Duration> duration(String name) {
        return Optional.ofNullable(named.get(name)).map(text -> {
            if (!text.matches("\\d{1,7}(\\.\\d{1,3})?[smh]?")) {
                throw new Settings.Wrong("--" + name + " must be a time such as 20s, 30m or 1h, not " + text);
            }
            double factor = text.endsWith("h") ? 3_600_000 : text.endsWith("m") ? 60_000 : 1000;
            return Duration.ofMillis(Math.round(Double.parseDouble(text.replaceAll("[smh]", "")) * factor));
        });
    }

    public <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> new Settings.Wrong("--" + name + " is missing"));
    }
}
