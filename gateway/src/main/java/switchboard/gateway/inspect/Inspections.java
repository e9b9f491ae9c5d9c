package switchboard.gateway.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import switchboard.channels.email.Inspect;
import switchboard.channels.email.html.MailHtml;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.gateway.Settings;
import switchboard.gateway.content.Content;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.report.Staffing;
import switchboard.ticketing.routing.Scenario;

/// `./switchboard inspect ...`: what the program makes of something, without a database.
public final class Inspections {
    private static final String USAGE = "usage: ./switchboard inspect mail FILE... | html FILE"
            + " | threads FOLDER [--order SEED] | intent TRAIN.csv TEST.csv | routing SCENARIO.json"
            + " | staffing --calls 100 --per 30m --aht 3m --within 20s --agents 14";
    private static final List<String> STAFFING = List.of("calls", "per", "aht", "within", "agents", "patience",
            "shrinkage",
            "target");

    private Inspections() {}

    /// @throws Settings.Wrong for words that make no sense
    public static void run(List<String> words) throws IOException {
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "mail" -> {
                for (var file : files(rest)) System.out.println(Inspect.inspectMail(file,
                        Files.readAllBytes(Path.of(file))));
            }
            case "html" -> System.out.println(html(rest));
            case "threads" -> System.out.println(threads(rest));
            case "intent" -> {
                if (rest.size() != 2) throw new Settings.Wrong(USAGE);
                IntentLines.run(rest.getFirst(), rest.getLast(), System.out::println);
            }
            case "routing" -> Scenario.run(text(rest)).forEach(System.out::println);
            case "staffing" -> System.out.println(Json.write(staffing(rest)));
            default -> throw new Settings.Wrong(USAGE);
        }
    }

    /// A customer's document as the console frames it; there is nobody to ask for its pictures.
    static String html(List<String> words) throws IOException {
        return Content.document(MailHtml.sanitise(text(words)), false);
    }

    private static List<String> files(List<String> words) {
        if (words.isEmpty()) throw new Settings.Wrong(USAGE);
        for (var file : words) {
            if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
                throw new Settings.Wrong("There is no file " + file + " to read");
            }
        }
        return words;
    }

    private static String text(List<String> words) throws IOException {
        if (words.size() != 1) throw new Settings.Wrong(USAGE);
        return new String(Files.readAllBytes(Path.of(files(words).getFirst())), StandardCharsets.UTF_8);
    }

    static String threads(List<String> words) throws IOException {
        var options = Options.of(words, List.of("order"));
        if (options.plain().size() != 1) throw new Settings.Wrong(USAGE);
        var folder = Path.of(options.plain().getFirst());
        if (!Files.isDirectory(folder)) throw new Settings.Wrong("There is no folder " + folder);
        var threads = new MailThreads();
        for (var file : messages(folder, options)) {
            var raw = Files.readAllBytes(file);
            threads.add(raw, MailDecoder.decode(raw));
        }
        return Json.write(Map.of("threads", threads.threads()));
    }

    private static List<Path> messages(Path folder, Options options) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            var files = new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
            options.number("order").ifPresent(seed -> Collections.shuffle(files, new Random(seed.longValue())));
            return files;
        }
    }

    static Map<String, Object> staffing(List<String> words) {
        var options = Options.of(words, STAFFING);
        Staffing.Outcome outcome;
        try {
            var load = new Staffing.Load(options.required("calls", options.number("calls")),
                    options.required("per", options.duration("per")), options.required("aht", options.duration("aht")),
                    options.required("within", options.duration("within")), options.duration("patience"));
            int agents = options.number("target").map(target -> Staffing.needed(load, target).orElseThrow(() ->
                    new Settings.Wrong("No number of agents reaches the target " + target)))
                    .orElseGet(() -> options.required("agents", options.number("agents")).intValue());
            outcome = Staffing.of(load, agents);
            var out = new LinkedHashMap<String, Object>();
            out.put("model", outcome.model());
            out.put("agents", agents);
            out.put("occupancy", outcome.occupancy());
            out.put("waitProbability", outcome.waitProbability());
            out.put("asaSeconds", outcome.asaSeconds());
            out.put("serviceLevel", outcome.serviceLevel());
            out.put("abandonment", outcome.abandonment());
            out.put("scheduled", Staffing.scheduled(agents, options.number("shrinkage").orElse(0.0)));
            return out;
        } catch (IllegalArgumentException wrong) {
            throw new Settings.Wrong(wrong.getMessage());
        }
    }
}
