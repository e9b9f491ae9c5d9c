package switchboard.gateway.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import switchboard.gateway.Settings;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.CustomerImport;
import switchboard.ticketing.people.Customers.NewIdentity;

/// Customers in a file: CSV with a header row, or JSON lines (a file whose first line begins with a brace).
///
/// CSV columns are `name`, `email`, `phone`, `external id`, `company`, `lifecycle`, `language`, `timezone`, `segments`
/// and `verified`, in any order and case, or common spreadsheet names for these (`Columns`). Any other column is an
/// attribute of that name, with or without `attributes.` before it; the notes list these before the import. A cell of
/// `email`, `phone` or `segments` may hold several values, separated by semicolons or bars.
public final class CustomerLines implements AutoCloseable {
    private static final List<String> KEYS = List.of("external id", Address.EMAIL, Address.PHONE);
    /// What people write into an empty cell.
    private static final Set<String> NOTHING = Set.of("n/a", "n.a.", "na", "#n/a", "none", "null", "nil", "-", "--",
            "—", "?", "unknown", "无", "無", "没有", "暂无", "不详", "未知");
    private static final String SEVERAL = "\\s*[;|]\\s*";

    /// @param line null when the line cannot be read
    /// @param wrong why it cannot be read; empty for a good one
    public record Read(int number, CustomerImport.Line line, String wrong) {}

    /// A JSON line.
    private record Person(String name, String email, String phone, String externalId, String company,
                          String lifecycle, String language, String timezone, List<String> segments,
                          Map<String, Object> attributes, Boolean verified, List<NewIdentity> identities) {}

    private final Csv csv;
    private final BufferedReader json;
    private int number;

    private CustomerLines(Csv csv, BufferedReader json) {
        this.csv = csv;
        this.json = json;
    }

    /// @throws Settings.Wrong for a missing or empty file, or a header row without any column to know a customer by
    public static CustomerLines open(Path file) throws IOException {
        try (var first = TextFile.open(file)) {
            var line = first.readLine();
            if (line != null && line.strip().startsWith("{")) return new CustomerLines(null, TextFile.open(file));
        }
        var csv = Csv.open(file);
        if (csv.header().stream().map(Columns::meaning).noneMatch(KEYS::contains)) {
            csv.close();
            throw new Settings.Wrong(file + ": the header row has no column external id, email or phone, only "
                    + String.join(", ", csv.header()));
        }
        return new CustomerLines(csv, null);
    }

    /// What a person should know about the file before its rows are read; empty when everything is understood.
    public List<String> notes() {
        if (csv == null) return List.of();
        var unknown = csv.header().stream().filter(name -> !name.isEmpty() && !Columns.isKnown(name)
                && !name.toLowerCase(Locale.ROOT).startsWith("attribute")).toList();
        return unknown.isEmpty() ? List.of() : List.of("columns kept as attributes, being nothing that is known: "
                + String.join(", ", unknown));
    }

    /// Empty at the end.
    public Optional<Read> next() throws IOException {
        if (csv == null) return nextJson();
        var row = csv.next();
        if (row.isEmpty()) return Optional.empty();
        var wrong = row.get().wrong();
        return Optional.of(wrong.isEmpty() ? of(row.get()) : new Read(row.get().line(), null, wrong));
    }

    private Read of(Csv.Row row) {
        var cells = new LinkedHashMap<String, String>();
        var attributes = new LinkedHashMap<String, Object>();
        for (int i = 0; i < row.cells().size(); i++) {
            var name = csv.header().get(i);
            var cell = clean(row.cells().get(i), Columns.meaning(name).endsWith("name"));
            if (cell.isEmpty() || name.isEmpty()) continue;
            if (Columns.isKnown(name)) cells.merge(Columns.meaning(name), cell, (one, more) ->
                    Columns.isReach(name) ? one + ";" + more : one);
            else attributes.put(name.replaceFirst("(?i)^attributes?\\.", ""), cell);
        }
        var verified = cells.getOrDefault("verified", "true").toLowerCase(Locale.ROOT);
        if (!List.of("true", "yes", "1", "false", "no", "0").contains(verified)) {
            return new Read(row.line(), null, "verified must be yes or no, not " + verified);
        }
        var identities = identities(cells.get("external id"), cells.get("email"), cells.get("phone"),
                List.of("true", "yes", "1").contains(verified));
        return new Read(row.line(), new CustomerImport.Line(row.line(), Columns.name(cells), cells.get("company"),
                cells.get("lifecycle"), cells.get("language"), cells.get("timezone"),
                cells.containsKey("segments") ? List.of(cells.get("segments").split(SEVERAL)) : null, attributes,
                identities), "");
    }

    /// @param name whether it is a name: people can be called Na
    private static String clean(String cell, boolean name) {
        var text = cell.replace("\0", "").strip();
        return !name && NOTHING.contains(text.toLowerCase(Locale.ROOT)) ? "" : text;
    }

    private static List<NewIdentity> identities(String external, String email, String phone, boolean verified) {
        var identities = new ArrayList<NewIdentity>();
        if (external != null) identities.add(new NewIdentity(Address.EXTERNAL, external, verified));
        several(email).forEach(one -> identities.add(new NewIdentity(Address.EMAIL, one, verified)));
        several(phone).forEach(one -> identities.add(new NewIdentity(Address.PHONE, one, verified)));
        return identities;
    }

    private static Stream<String> several(String cell) {
        return cell == null ? Stream.of() : Stream.of(cell.split(SEVERAL)).filter(one -> !one.isBlank());
    }

    private Optional<Read> nextJson() throws IOException {
        for (var line = json.readLine(); line != null; line = json.readLine()) {
            number++;
            if (!line.isBlank()) return Optional.of(ofJson(line));
        }
        return Optional.empty();
    }

    private Read ofJson(String text) {
        if (text.indexOf(TextFile.DAMAGED) >= 0) return new Read(number, null, "has bytes that are no text");
        try {
            if (!Json.API.readValue(text, JsonNode.class).isObject()) return new Read(number, null, "is no object");
            var person = Json.API.readValue(text.replace("\\u0000", ""), Person.class);
            var identities = identities(person.externalId(), person.email(), person.phone(),
                    person.verified() == null || person.verified());
            if (person.identities() != null) identities.addAll(person.identities());
            return new Read(number, new CustomerImport.Line(number, person.name(), person.company(),
                    person.lifecycle(), person.language(), person.timezone(), person.segments(),
                    person.attributes() == null ? Map.of() : person.attributes(), identities), "");
        } catch (UnrecognizedPropertyException unknown) {
            return new Read(number, null, "has a field " + unknown.getPropertyName() + " that nobody knows");
        } catch (JsonProcessingException wrong) {
            return new Read(number, null, "is not as it should be: " + wrong.getOriginalMessage().lines().findFirst()
                    .orElse(""));
        }
    }

    @Override
    public void close() throws IOException {
        if (csv != null) csv.close();
        if (json != null) json.close();
    }
}
