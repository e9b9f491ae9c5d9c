package switchboard.gateway.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.gateway.Settings;

/// Reads a CSV file (RFC 4180; separated by comma, semicolon, tab or bar, or as a line `sep=;` declares; encodings as
/// in `TextFile`) with a header row, row by row. It ignores unnamed trailing columns, which spreadsheets leave behind.
/// An unreadable row is reported with its reason, and reading continues with the next.
public final class Csv implements AutoCloseable {
    /// A quote that is never closed swallows no more than this.
    private static final int ROW_LINES_MAX = 500;
    private static final ObjectReader ROW = new CsvMapper().readerFor(String[].class);

    private static final Pattern SEPARATOR = Pattern.compile("(?i)\"?sep=(.)\"?");
    private static final char[] SEPARATORS = {';', '\t', '|'};

    private final BufferedReader lines;
    private final List<String> ahead = new ArrayList<>();
    /// The lines after the first of the row that was read last.
    private final List<String> taken = new ArrayList<>();
    private final CsvSchema schema;
    private final List<String> header;
    private int line;

    /// @param line the number of its first line in the file, from 1
    /// @param cells as many as the header has; empty when the row cannot be read
    /// @param wrong why it cannot be read; empty for a good one
    public record Row(int line, List<String> cells, String wrong) {}

    private Csv(BufferedReader lines, Path file) throws IOException {
        this.lines = lines;
        var first = Optional.ofNullable(nextRecord()).orElseThrow(() -> new Settings.Wrong(file + " is empty"));
        var told = SEPARATOR.matcher(first);
        if (told.matches()) first = Optional.ofNullable(nextRecord()).orElse("");
        this.schema = CsvSchema.emptySchema().withColumnSeparator(told.matches() ? told.group(1).charAt(0)
                : separator(first));
        try {
            this.header = named(cells(first).stream().map(String::strip).toList());
        } catch (JsonProcessingException wrong) {
            throw new Settings.Wrong(file + ": the first line is no header row: " + reason(wrong));
        }
        var names = header.stream().filter(name -> !name.isEmpty()).map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw new Settings.Wrong(file + ": a column of the header row is there twice: " + header);
        }
    }

    /// The most frequent separator outside quotes; a comma when there is none.
    private static char separator(String header) {
        var bare = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char sign : SEPARATORS) {
            if (count(bare, sign) > count(bare, best)) best = sign;
        }
        return best;
    }

    private static long count(String text, char sign) {
        return text.chars().filter(c -> c == sign).count();
    }

    private static List<String> named(List<String> header) {
        int last = header.size();
        while (last > 1 && header.get(last - 1).isEmpty()) last--;
        return header.subList(0, last);
    }

    /// @throws Settings.Wrong for a missing or empty file, or a first line that is no header row
    public static Csv open(Path file) throws IOException {
        return new Csv(TextFile.open(file), file);
    }

    /// The names as they are written, without blanks at their ends.
    public List<String> header() {
        return header;
    }

    /// Where a column is, by its name in any case; -1 when it is not there.
    public int column(String name) {
        for (int i = 0; i < header.size(); i++) if (header.get(i).equalsIgnoreCase(name)) return i;
        return -1;
    }

    /// @throws Settings.Wrong when the header row lacks one of the names
    public Csv require(Path file, String... names) {
        for (var name : names) {
            if (column(name) < 0) {
                throw new Settings.Wrong(file + ": the header row has no column " + name + ", only "
                        + String.join(", ", header));
            }
        }
        return this;
    }

    /// Empty at the end. Blank lines are passed over.
    public Optional<Row> next() throws IOException {
        for (;;) {
            int start = line + 1;
            var text = nextRecord();
            if (text == null) return Optional.empty();
            if (text.isBlank()) continue;
            var row = row(start, text);
            if (!row.wrong().isEmpty()) giveBack();
            return Optional.of(row);
        }
    }

    private Row row(int start, String text) {
        if (text.indexOf(TextFile.DAMAGED) >= 0) return new Row(start, List.of(), "has bytes that are no text");
        if (!closed(text)) return new Row(start, List.of(), "a quote is not closed");
        try {
            var cells = cells(text);
            if (cells.size() > header.size() && cells.subList(header.size(), cells.size()).stream()
                    .allMatch(String::isBlank)) cells = cells.subList(0, header.size());
            if (cells.size() != header.size()) {
                return new Row(start, List.of(), "has " + cells.size() + " columns, the header row has "
                        + header.size());
            }
            return new Row(start, cells, "");
        } catch (JsonProcessingException wrong) {
            return new Row(start, List.of(), reason(wrong));
        }
    }

    /// The lines of one row: a quoted cell may hold line ends.
    private String nextRecord() throws IOException {
        taken.clear();
        var record = new StringBuilder();
        var first = nextLine();
        if (first == null || closed(first)) return first;
        record.append(first);
        while (taken.size() < ROW_LINES_MAX) {
            var more = nextLine();
            if (more == null) break;
            taken.add(more);
            record.append('\n').append(more);
            if (!closed(more)) break;
        }
        return record.toString();
    }

    /// A stray quote makes one wrong row of many good lines: only its first line is given up.
    private void giveBack() {
        ahead.addAll(0, taken);
        line -= taken.size();
        taken.clear();
    }

    private String nextLine() throws IOException {
        var next = ahead.isEmpty() ? lines.readLine() : ahead.removeFirst();
        if (next != null) line++;
        return next;
    }

    /// Quotes inside a cell are doubled, so an even number means that none is open.
    private static boolean closed(String text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    private List<String> cells(String text) throws JsonProcessingException {
        return List.of(ROW.with(schema).<String[]>readValue(text));
    }

    private static String reason(JsonProcessingException wrong) {
        return wrong.getOriginalMessage().replaceAll("(?s)\\s*(\\(code|;|\\R).*", "");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
