package switchboard.gateway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import switchboard.gateway.Settings;
import switchboard.knowledgebase.search.Relevance;
import switchboard.ticketing.base.Json;

/// `./switchboard bench ...`: figures, the last line one JSON object.
public final class Benches {
    private static final String USAGE = "usage: ./switchboard bench ingest [--seconds 20] [--connections 20]"
            + " [--mailboxes 4] [--phones 4] [--windows 40] | relevance FOLDER | search [ARTICLES.jsonl]"
            + " [--queries 2000] | routing [--tickets 2000] | mail [FOLDER] [--seconds 10]"
            + " | fanout [--consoles 100] [--seconds 20]";

    private Benches() {}

    /// @throws Settings.Wrong for words that make no sense
    public static void run(List<String> words) throws Exception {
        if (System.getenv("SWITCHBOARD_LOG_LEVEL") == null) System.setProperty("SWITCHBOARD_LOG_LEVEL", "WARN");
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        System.out.println(switch (words.isEmpty() ? "" : words.getFirst()) {
            case "ingest" -> Json.write(IngestBench.run(rest));
            case "relevance" -> relevance(rest);
            case "search" -> Json.write(SearchBench.run(rest));
            case "mail" -> Json.write(MailBench.run(rest));
            case "fanout" -> Json.write(FanoutBench.run(rest));
            case "routing" -> Json.write(RoutingBench.run(rest));
            default -> throw new Settings.Wrong(USAGE);
        });
    }

    private static String relevance(List<String> words) {
        if (words.size() != 1) throw new Settings.Wrong(USAGE);
        var folder = Path.of(words.getFirst()).toAbsolutePath().normalize();
        for (var file : List.of("corpus.jsonl", "queries.jsonl", "qrels/test.tsv")) {
            if (!Files.isRegularFile(folder.resolve(file))) throw new Settings.Wrong("There is no "
                    + folder.resolve(file));
        }
        return Relevance.evaluate(folder);
    }
}
