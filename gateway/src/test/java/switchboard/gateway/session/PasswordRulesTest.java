package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.ticketing.base.Failure;

@Tag("S10")
class PasswordRulesTest {
    private static void require(String password) {
        PasswordRules.require(password, "ada.lovelace@kestrel.example", "Ada Lovelace", "Kestrel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"        ", "\t\t\t\t\t\t\t\t", "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000",
        "password",
        "Password1", "P@ssw0rd", "password123", "12345678", "123456789", "87654321", "qwertyui", "qwerty123",
        "iloveyou",
        "sunshine", "aaaaaaaa", "abababab", "abcdefgh", "letmein1", "baseball", "trustno1", "welcome1", "switchboard",
        "Switchboard1", "lovelace", "Lovelace1", "kestrel1", "ada.lovelace", "drowssap", "1q2w3e4r", "11111111"})
    void whatGuessersTryFirstIsNoPassword(String guessed) {
        var refused = assertThrows(Failure.Invalid.class, () -> require(guessed));
        assertTrue(refused.fields().getFirst().field().equals("password"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a good password", "the right password", "correct horse battery staple", "Zk4 vVq-9",
        "x7#Qp2m!",
        "мой пароль надёжный", "今天天气真的很好啊", "four words make sense"})
    void anythingElseIs(String good) {
        assertDoesNotThrow(() -> require(good));
    }

    @Test
    void theLengthIsFromEightTo128() {
        assertThrows(Failure.Invalid.class, () -> require("x7#Qp2m"));
        assertDoesNotThrow(() -> require("x7#Qp2m!"));
        var long_ = "x7#Qp2m!kT".repeat(13);
        assertDoesNotThrow(() -> require(long_.substring(0, 128)));
        assertThrows(Failure.Invalid.class, () -> require(long_.substring(0, 129)));
    }
}
