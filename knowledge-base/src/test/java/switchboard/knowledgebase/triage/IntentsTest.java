package switchboard.knowledgebase.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.knowledgebase.triage.Intents.Example;

class IntentsTest {
    private static final List<String> WHAT = List.of("my order", "the blue jacket", "order 4711", "the parcel",
            "both pairs of shoes", "the lamp that I bought", "a gift for my mother", "everything in my basket");
    private static final List<String> WHERE = List.of("我的订单", "那件蓝色外套", "昨天买的灯", "送给妈妈的礼物", "两双鞋", "购物车里的东西");

    private static List<Example> examples() {
        var examples = new ArrayList<Example>();
        for (var what : WHAT) {
            examples.add(new Example("I want my money back for " + what, "refund"));
            examples.add(new Example("Please refund " + what + " to my card", "refund"));
            examples.add(new Example("Where is " + what + "? It has not arrived", "delivery"));
            examples.add(new Example("When will " + what + " be delivered", "delivery"));
            examples.add(new Example("I cannot sign in, though I paid for " + what, "login"));
            examples.add(new Example("The password reset does not work and I need to see " + what, "login"));
        }
        for (var what : WHERE) {
            examples.add(new Example(what + "我想退款", "refund"));
            examples.add(new Example("请把" + what + "的钱退给我", "refund"));
            examples.add(new Example(what + "什么时候送到", "delivery"));
            examples.add(new Example(what + "还没有收到，快递在哪里", "delivery"));
            examples.add(new Example("买了" + what + "以后无法登录账户", "login"));
            examples.add(new Example("忘记密码，看不到" + what, "login"));
        }
        return examples;
    }

    @Test
    void whatWasLearntIsKnownInOtherWordsAndInChinese() {
        var intents = Intents.train(examples());
        assertEquals("refund", intents.guess("could you give me a refund for the red hat").best());
        assertEquals("delivery", intents.guess("the delivery of my hat has still not arrived").best());
        assertEquals("login", intents.guess("passwords: reset is not working, signing in fails").best());
        assertEquals("refund", intents.guess("红色的帽子能退款吗").best());
        assertEquals("delivery", intents.guess("我的快递还没收到").best());
        assertEquals("login", intents.guess("登錄不了，密碼忘記了").best(), "traditional is simplified");
        assertEquals("refund", intents.guess("Please refund the red jacket to my card").label());
        assertEquals("delivery", intents.guess("我的灯还没有收到").label());
    }

    @Test
    void itAbstainsWhereNothingWasLearnt() {
        var intents = Intents.train(examples());
        for (var text : List.of("", "   ", "???", "zyxw vuts rqpo", "Ωμέγα")) {
            var guess = intents.guess(text);
            assertNull(guess.label(), text);
            assertTrue(guess.confidence() > 0 && guess.confidence() < 0.9, text + " " + guess);
            assertTrue(List.of("refund", "delivery", "login").contains(guess.best()));
        }
    }

    @Test
    void theSameExamplesGiveTheSameAnswers() {
        var text = "where is the refund for my parcel";
        assertEquals(Intents.train(examples()).guess(text), Intents.train(examples()).guess(text));
    }

    @Test
    void aHandfulOfExamplesIsLearntButNotTrusted() {
        var intents = Intents.train(List.of(new Example("refund please", "refund"),
                new Example("where is it", "find")));
        assertEquals("refund", intents.guess("a refund").best());
        assertNull(intents.guess("a refund").label(), "two examples prove nothing");
        assertEquals("only", Intents.train(List.of(new Example("x", "only"))).guess("x").best());
        assertThrows(IllegalArgumentException.class, () -> Intents.train(List.of()));
    }

    @Test
    void theBoundIsTheLowestAboveWhichEnoughAnswersAreRight() {
        var answers = new ArrayList<Confidence.Answer>();
        for (int i = 0; i < 40; i++) answers.add(new Confidence.Answer(new double[] {4, 0}, i < 38 ? 0 : 1));
        for (int i = 0; i < 40; i++) answers.add(new Confidence.Answer(new double[] {1, 0}, i < 20 ? 0 : 1));
        var fitted = Confidence.fit(answers, 0.95, 10, 2);
        assertEquals(fitted.of(new double[] {4, 0}), fitted.bound(), "38 of 40 are right, then only half");
        assertEquals(0.9, fitted.of(new double[] {4, 0}), 0.06, "about as many as were right");
        assertEquals(2, Confidence.fit(answers, 0.99, 10, 2).bound(), "no bound reaches that");
        assertEquals(2, Confidence.fit(answers.subList(0, 9), 0.95, 10, 2).bound(), "nine answers prove nothing");
    }
}
