package switchboard.gateway.session;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import switchboard.ticketing.base.Failure;

/// The rules for a new password: long enough, and not one that guessers try first. There is no rule about character
/// classes (NIST SP 800-63B 3.1.1.2, OWASP ASVS 6.2).
///
/// zxcvbn estimates how soon it is guessed. It knows the 30,000 most common breached passwords, names, words, keyboard
/// rows, dates, repetitions and letter substitutions; the account's own words are added.
public final class PasswordRules {
    public static final int CHARS_MIN = 8;
    public static final int CHARS_MAX = 128;
    /// Rate limits make a million guesses hopeless online; zxcvbn calls this "somewhat guessable".
    private static final int SCORE_MIN = 2;
    /// The estimate's cost grows with the square of the length, and passwords this long aren't guessed from words.
    private static final int MEASURED_CHARS_MAX = 64;
    private static final List<String> OURS = List.of("switchboard", "password", "helpdesk");

    private static final Zxcvbn GUESSES = new Zxcvbn();

    private PasswordRules() {}

    /// @param about words related to the account: its address, its name, the company's
    /// @throws Failure.Invalid with the field `password`
    public static void require(String password, String... about) {
        if (password == null || password.length() < CHARS_MIN || password.length() > CHARS_MAX) {
            throw refused("password-length", "must have " + CHARS_MIN + " to " + CHARS_MAX + " characters");
        }
        if (password.isBlank()) throw refused("password-guessable", "is only blanks");
        var words = Stream.concat(OURS.stream(), Arrays.stream(about).flatMap(PasswordRules::words)).toList();
        var measured = password.substring(0, Math.min(password.length(), MEASURED_CHARS_MAX));
        if (GUESSES.measure(measured, words).getScore() < SCORE_MIN) {
            throw refused("password-guessable", "is easy to guess: it is on lists of stolen passwords, or like one");
        }
    }

    private static Failure refused(String code, String detail) {
        return new Failure.Invalid(code, "password: " + detail, List.of(new Failure.Field("password", detail)));
    }

    private static Stream<String> words(String text) {
        var whole = text == null ? "" : text.strip();
        return Stream.of(Stream.of(whole), Arrays.stream(whole.split("[\\s@]+")),
                Arrays.stream(whole.split("[\\s@._-]+"))).flatMap(parts -> parts).filter(word -> word.length() > 2);
    }
}
