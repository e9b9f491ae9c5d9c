package switchboard.knowledgebase.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter.StemmerOverrideMap;

/// English plurals that Porter's rules do not bring to their singular: the irregular ones, and nouns that end in an s
/// of their own (`bus` would become `bu`, `buses` `buse`).
final class Plurals {
    private static final String IRREGULAR = """
            mouse mice, foot feet, tooth teeth, goose geese, child children, man men, woman women, person people,
            knife knives, life lives, wife wives, shelf shelves, leaf leaves, half halves, loaf loaves, wolf wolves,
            thief thieves, calf calves, scarf scarves, self selves, elf elves, hoof hooves,
            bus buses busses, gas gases gasses, lens lenses, status statuses, canvas canvases, virus viruses,
            bonus bonuses, campus campuses, census censuses, focus focuses, atlas atlases, alias aliases,
            bias biases, iris irises, surplus surpluses, radius radii radiuses, minus minuses, plus pluses,
            crisis crises, basis bases, analysis analyses, diagnosis diagnoses, axis axes, thesis theses,
            index indices indexes, matrix matrices matrixes, appendix appendices, vertex vertices,
            criterion criteria, phenomenon phenomena, medium media, datum data, bacterium bacteria""";
    private static final StemmerOverrideMap SINGULARS = singulars();

    private Plurals() {}

    private static StemmerOverrideMap singulars() {
        var map = new StemmerOverrideFilter.Builder();
        for (var noun : IRREGULAR.split(",\\s*")) {
            var forms = noun.strip().split("\\s+");
            for (var form : forms) map.add(form, forms[0]);
        }
        try {
            return map.build();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// @return the words, those listed here as their singulars and closed to the stemmer
    static TokenStream singular(TokenStream lowerCaseWords) {
        return new StemmerOverrideFilter(lowerCaseWords, SINGULARS);
    }
}
