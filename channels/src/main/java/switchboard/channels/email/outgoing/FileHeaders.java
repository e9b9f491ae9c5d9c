package switchboard.channels.email.outgoing;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The two header fields that name a file: in RFC 2231 pieces, and again in encoded words for older programs. No line
/// exceeds mail's limit, however long the name.
final class FileHeaders {
    /// Characters per piece: with its name and number, a line stays under 78 (RFC 5322, section 2.1.1).
    private static final int PIECE_CHARS = 54;
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`{|}~";

    private FileHeaders() {}

    /// @param disposition `attachment` or `inline`
    static String disposition(String disposition, String name) {
        var value = new StringBuilder(disposition);
        if (short7bit(name)) return value.append(";\r\n filename=\"").append(name).append('"').toString();
        var pieces = pieces(name);
        for (int i = 0; i < pieces.size(); i++) {
            value.append(";\r\n filename*").append(i).append("*=").append(i == 0 ? "UTF-8''"
                    : "").append(pieces.get(i));
        }
        return value.toString();
    }

    static String type(String type, String name) {
        return type + ";\r\n name=\"" + (short7bit(name) ? name : encoded(name)) + '"';
    }

    private static boolean short7bit(String name) {
        return name.length() <= PIECE_CHARS
                && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static String encoded(String name) {
        try {
            return MimeUtility.encodeWord(name, "UTF-8", "B").replaceAll("\\?=\\s+=\\?", "?=\r\n =?");
        } catch (UnsupportedEncodingException never) {
            throw new IllegalStateException("every JDK knows UTF-8", never);
        }
    }

    private static List<String> pieces(String name) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (piece.length() > PIECE_CHARS - 3) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            if (b > 0 && PLAIN.indexOf(b) >= 0) piece.append((char) b);
            else piece.append('%').append(String.format("%02X", b & 0xff));
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
