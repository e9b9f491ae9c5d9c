package switchboard.channels.simulator;

/// Into how many SMS a text is cut, and their size on the air. A text of GSM-7 characters only holds 160 of them, or
/// 153 in each part of a longer one, a few cost two; any other character makes the whole text UCS-2, with 70 or 67
/// code units. Each part of a longer text carries a header of 48 bits. (3GPP TS 23.038 and 23.040.)
record Segments(Encoding encoding, int count, int messageSizeBits, int totalSizeBits) {
    enum Encoding {
        GSM_7(7, 160, 153), UCS_2(16, 70, 67);

        final int bits;
        final int single;
        final int part;

        Encoding(int bits, int single, int part) {
            this.bits = bits;
            this.single = single;
            this.part = part;
        }
    }

    private static final int PART_HEADER_BITS = 48;
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f|^€{}[]~\\";

    static Segments of(String text) {
        boolean gsm = text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
        var encoding = gsm ? Encoding.GSM_7 : Encoding.UCS_2;
        int units = text.codePoints().map(c -> cost(encoding, c)).sum();
        int count = units <= encoding.single ? 1 : parts(encoding, text);
        int size = units * encoding.bits;
        return new Segments(encoding, count, size, count == 1 ? size : size + count * PART_HEADER_BITS);
    }

    /// As [#of(String)], after typographic quotes, dashes and dots have been folded to GSM-7 (`SmartEncoded`).
    static Segments smart(String text) {
        return of(text.replaceAll("[“”]", "\"").replaceAll("[‘’]", "'").replaceAll("[–—]", "-").replace("…", "..."));
    }

    private static int parts(Encoding encoding, String text) {
        int parts = 1;
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            int cost = cost(encoding, c);
            if (used + cost > encoding.part) {      // neither an escape nor a surrogate pair is cut in two
                parts++;
                used = 0;
            }
            used += cost;
        }
        return parts;
    }

    private static int cost(Encoding encoding, int c) {
        return encoding == Encoding.UCS_2 ? Character.charCount(c) : EXTENSION.indexOf(c) >= 0 ? 2 : 1;
    }
}
