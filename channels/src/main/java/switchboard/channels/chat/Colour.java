package switchboard.channels.chat;

/// A brand colour made fit to carry text (WCAG 2.2, relative luminance and contrast ratio).
final class Colour {
    private static final String FALLBACK = "#386ad2";
    private static final double DARK_INK_LUMINANCE = 0.012;

    private Colour() {}

    /// @return the colour when it is `#rrggbb`, otherwise ours
    static String safe(String color) {
        return color != null && color.matches("#[0-9a-fA-F]{6}") ? color : FALLBACK;
    }

    /// @return white or near-black, whichever is read better on the colour
    static String ink(String color) {
        double luminance = luminance(safe(color));
        return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / (DARK_INK_LUMINANCE + 0.05) ? "#ffffff" : "#1c1e23";
    }

    private static double luminance(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
