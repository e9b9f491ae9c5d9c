package switchboard.knowledgebase.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter.StemmerOverrideMap;

/// English forms that Porter's rules do not bring to their word: irregular plurals, nouns that end in an s of their own
/// (`bus` would become `bu`, `buses` `buse`), and irregular verbs (`broken` finds what may `break`).
final class Irregular {
    private static final String FORMS = """
            mouse mice, foot feet, tooth teeth, goose geese, child children, man men, woman women, person people,
            knife knives, life lives, wife wives, shelf shelves, half halves, loaf loaves, wolf wolves,
            thief thieves, calf calves, scarf scarves, self selves, elf elves, hoof hooves,
            bus buses busses, gas gases gasses, lens lenses, status statuses, canvas canvases, virus viruses,
            bonus bonuses, campus campuses, census censuses, focus focuses, atlas atlases, alias aliases,
            bias biases, iris irises, surplus surpluses, radius radii radiuses, minus minuses, plus pluses,
            crisis crises, basis bases, analysis analyses, diagnosis diagnoses, axis axes, thesis theses,
            index indices indexes, matrix matrices matrixes, appendix appendices, vertex vertices,
            criterion criteria, phenomenon phenomena, medium media, datum data, bacterium bacteria,
            break breaks breaking broke broken, buy buys buying bought, choose chooses choosing chose chosen,
            freeze freezes freezing froze frozen, forget forgets forgetting forgot forgotten,
            hide hides hiding hid hidden, lose loses losing lost, pay pays paying paid, sell sells selling sold,
            send sends sending sent, shrink shrinks shrinking shrank shrunk, steal steals stealing stole stolen,
            tear tears tearing tore torn, wear wears wearing wore worn, write writes writing wrote written,
            bring brings bringing brought, catch catches catching caught, teach teaches teaching taught""";
    private static final StemmerOverrideMap WORDS = words();

    private Irregular() {}

    private static StemmerOverrideMap words() {
        var map = new StemmerOverrideFilter.Builder();
        for (var word : FORMS.split(",\\s*")) {
            var forms = word.strip().split("\\s+");
            for (var form : forms) map.add(form, forms[0]);
        }
        try {
            return map.build();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// @return the words, those listed here in their first form and closed to the stemmer
    static TokenStream regular(TokenStream lowerCaseWords) {
        return new StemmerOverrideFilter(lowerCaseWords, WORDS);
    }
}
