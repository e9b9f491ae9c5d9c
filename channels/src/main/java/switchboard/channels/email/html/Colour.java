package switchboard.channels.email.html;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A colour in a mail: red, green and blue from 0 to 255, and opacity from 0 to 1.
record Colour(int red, int green, int blue, double alpha) {
    static final Colour WHITE = new Colour(255, 255, 255, 1);
    static final Colour INK = new Colour(0x1c, 0x1e, 0x23, 1);
    private static final Pattern HEX = Pattern.compile("#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})");
    private static final Pattern FUNCTION = Pattern.compile("rgba?\\(\\s*(\\d{1,3})\\s*[, ]\\s*(\\d{1,3})\\s*[, ]\\s*"
            + "(\\d{1,3})\\s*(?:[,/]\\s*(\\d*\\.?\\d+)(%?)\\s*)?\\)");
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("white", "ffffff"),
            Map.entry("black", "000000"), Map.entry("red", "ff0000"), Map.entry("green", "008000"),
            Map.entry("blue", "0000ff"), Map.entry("yellow", "ffff00"), Map.entry("gray", "808080"),
            Map.entry("grey", "808080"), Map.entry("silver", "c0c0c0"), Map.entry("navy", "000080"),
            Map.entry("maroon", "800000"), Map.entry("purple", "800080"), Map.entry("teal", "008080"),
            Map.entry("olive", "808000"), Map.entry("lime", "00ff00"), Map.entry("aqua", "00ffff"),
            Map.entry("fuchsia", "ff00ff"), Map.entry("orange", "ffa500"), Map.entry("whitesmoke", "f5f5f5"),
            Map.entry("ivory", "fffff0"), Map.entry("snow", "fffafa"), Map.entry("lightgray", "d3d3d3"),
            Map.entry("lightgrey", "d3d3d3"), Map.entry("darkgray", "a9a9a9"), Map.entry("darkblue", "00008b"),
            Map.entry("midnightblue", "191970"), Map.entry("dimgray", "696969"), Map.entry("windowtext", "000000"),
            Map.entry("window", "ffffff"));

    /// @return empty for anything but a supported colour
    static Optional<Colour> of(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("transparent")) return Optional.of(new Colour(0, 0, 0, 0));
        var function = FUNCTION.matcher(lower);
        if (function.matches()) {
            return Optional.of(new Colour(byteOf(function.group(1)), byteOf(function.group(2)),
                    byteOf(function.group(3)), alpha(function.group(4), function.group(5))));
        }
        var name = NAMES.get(lower);
        var hex = HEX.matcher(name == null ? lower : name);
        if (!hex.matches() || name == null && !lower.startsWith("#")) return Optional.empty();
        return Optional.of(hex(hex.group(1)));
    }

    private static Colour hex(String digits) {
        var full = digits.length() > 3 ? digits : digits.replaceAll("(.)", "$1$1");
        double alpha = full.length() == 8 ? Integer.parseInt(full.substring(6), 16) / 255.0 : 1;
        return new Colour(Integer.parseInt(full.substring(0, 2), 16), Integer.parseInt(full.substring(2, 4), 16),
                Integer.parseInt(full.substring(4, 6), 16), alpha);
    }

    private static int byteOf(String number) {
        return Math.min(255, Integer.parseInt(number));
    }

    private static double alpha(String number, String percent) {
        if (number == null) return 1;
        double value = Double.parseDouble(number);
        return Math.min(1, percent.isEmpty() ? value : value / 100);
    }

    /// The colour as it appears over another one.
    Colour over(Colour back) {
        return new Colour(mixed(red, back.red), mixed(green, back.green), mixed(blue, back.blue), 1);
    }

    private int mixed(int front, int back) {
        return (int) Math.round(front * alpha + back * (1 - alpha));
    }

    /// As `#rrggbb`; the colour must be opaque.
    String hex() {
        return String.format("#%02x%02x%02x", red, green, blue);
    }

    boolean isLight() {
        return luminance() > 0.35;
    }

    /// Contrast from 1 (equal) to 21 (black on white), by WCAG 2.
    double contrast(Colour other) {
        double one = luminance() + 0.05;
        double two = other.luminance() + 0.05;
        return Math.max(one, two) / Math.min(one, two);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
