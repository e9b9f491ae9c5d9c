package switchboard.knowledgebase.search;

import java.io.Reader;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;

/// Spells out signs that distinguish words, before the tokenizer drops them: `C++` becomes `Cplusplus`, `C#` `Csharp`,
/// `.NET` `NET dotNET`, and `Notepad++` `Notepad Notepadplusplus`. A single letter means nothing without its sign; a
/// longer word is found without it too. A hyphen within a word becomes `_`, which the tokenizer keeps and `Compounds`
/// splits.
final class Signs {
    private record Rule(Pattern shape, String spelled) {}

    private static final String NO_WORD_BEFORE = "(?<![A-Za-z0-9.+#])";
    private static final String NO_WORD_BEHIND = "(?![A-Za-z0-9+#])";
    private static final String NOT_HAN = "[\\p{L}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]";

    private static final List<Rule> RULES = List.of(
            rule(NO_WORD_BEFORE + "([A-Za-z])\\+\\+" + NO_WORD_BEHIND, "$1plusplus"),
            rule(NO_WORD_BEFORE + "([A-Za-z][A-Za-z0-9]{1,20})\\+\\+" + NO_WORD_BEHIND, "$1 $1plusplus"),
            rule(NO_WORD_BEFORE + "([A-Za-z])#" + NO_WORD_BEHIND, "$1sharp"),
            rule(NO_WORD_BEFORE + "\\.([A-Za-z][A-Za-z0-9]{1,9})" + NO_WORD_BEHIND, "$1 dot$1"),
            rule("(?<=" + NOT_HAN + ")[-\u2010\u2011](?=" + NOT_HAN + ")", "_"));

    private Signs() {}

    private static Rule rule(String shape, String spelled) {
        return new Rule(Pattern.compile(shape), spelled);
    }

    static Reader spelledOut(Reader text) {
        Reader read = text;
        for (var rule : RULES) read = new PatternReplaceCharFilter(rule.shape(), rule.spelled(), read);
        return read;
    }
}
