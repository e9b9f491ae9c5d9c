package switchboard.gateway.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import switchboard.gateway.Settings;
import switchboard.gateway.files.Csv;
import switchboard.gateway.files.TextFile;
import switchboard.knowledgebase.triage.Intents;
import switchboard.ticketing.base.Json;

/// `inspect intent TRAIN.csv TEST.csv`: learns what messages are about from one file and says it of each row of the
/// other, in order.
final class IntentLines {
    private static final String TEXT = "text";
    private static final String CATEGORY = "category";

    private IntentLines() {}

    /// @param out is given one JSON object for each row of `test`
    /// @throws Settings.Wrong for a file that is missing, has another header row, or a row that cannot be read
    static void run(String train, String test, Consumer<String> out) throws IOException {
        var asked = texts(TextFile.existing(test));
        var intents = Intents.train(examples(TextFile.existing(train)));
        for (var text : asked) out.accept(Json.write(intents.guess(text)));
    }

    private static List<Intents.Example> examples(Path file) throws IOException {
        var examples = new ArrayList<Intents.Example>();
        try (var csv = Csv.open(file).require(file, TEXT, CATEGORY)) {
            int text = csv.column(TEXT);
            int category = csv.column(CATEGORY);
            for (var row = csv.next(); row.isPresent(); row = csv.next()) {
                var cells = checked(file, row.get());
                if (cells.get(category).isBlank()) {
                    throw new Settings.Wrong(file + ": line " + row.get().line() + " has no category");
                }
                examples.add(new Intents.Example(cells.get(text), cells.get(category).strip()));
            }
        }
        if (examples.isEmpty()) throw new Settings.Wrong(file + " has no examples below its header row");
        return examples;
    }

    private static List<String> texts(Path file) throws IOException {
        var texts = new ArrayList<String>();
        try (var csv = Csv.open(file).require(file, TEXT)) {
            int text = csv.column(TEXT);
            for (var row = csv.next(); row.isPresent(); row = csv.next()) {
                texts.add(checked(file, row.get()).get(text));
            }
        }
        return texts;
    }

    private static List<String> checked(Path file, Csv.Row row) {
        if (row.wrong().isEmpty()) return row.cells();
        throw new Settings.Wrong(file + ": line " + row.line() + " " + row.wrong());
    }
}
