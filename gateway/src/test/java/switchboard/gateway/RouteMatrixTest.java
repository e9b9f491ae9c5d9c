package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.http.Route;
import switchboard.gateway.http.Unchecked;

/// Who gets what from every route, for every object: `route-matrix.txt` has a row for each, and a route without one
/// fails here. Each id in a body has its own row (`path#field`).
class RouteMatrixTest {
    /// Where a good request of somebody allowed conflicts: another agent's call, a row that is not there to be
    /// replayed.
    private static final Set<String> CONFLICTS = Set.of("/api/v1/calls/{id}/accept", "/api/v1/calls/{id}/decline",
            "/api/v1/calls/{id}/hold", "/api/v1/calls/{id}/unhold", "/api/v1/calls/{id}/hangup");
    /// Routes on what belongs to one agent or ticket, whatever the role: the role and team mutants don't affect them.
    private static final Set<String> OWNED = Set.of("DELETE /api/v1/macros/{id}", "PATCH /api/v1/macros/{id}",
            "POST /api/v1/macros/{id}/apply", "DELETE /api/v1/tickets/{id}/replies/{messageId}",
            "DELETE /api/v1/sessions/{id}", "POST /api/v1/tickets#attachmentIds/0",
            "POST /api/v1/tickets/{id}/notes#attachmentIds/0", "POST /api/v1/tickets/{id}/replies#attachmentIds/0",
            "POST /api/v1/tickets/{id}/forward#messageId", "POST /api/v1/tickets/{id}/split#messageIds/0");

    private static List<String> expected() throws IOException {
        return RouteMatrix.lines("route-matrix.txt").stream().map(line -> line.strip().replaceAll("\\s+", " ")).sorted()
                .toList();
    }

    @Test
    @Tag("T27")
    @Tag("S2")
    void everyRouteAnswersEveryActorAboutEveryObjectAsTheMatrixSays() throws IOException {
        var rows = new ArrayList<String>();
        try (var matrix = new RouteMatrix(UnaryOperator.identity())) {
            for (var route : new Areas().routes()) {
                rows.add(route.name() + " " + RouteMatrix.ACTORS.stream().map(actor -> matrix.cell(route, actor))
                        .collect(Collectors.joining(" ")));
                for (var field : BodyIds.of(route)) {
                    rows.add(RouteMatrix.row(route, field) + " " + RouteMatrix.WRITERS.stream()
                            .map(actor -> matrix.cell(route, field, actor)).collect(Collectors.joining(" ")));
                }
            }
            Files.writeString(Path.of("target/route-matrix.txt"), rows.stream().map(RouteMatrix::inColumns).sorted()
                    .collect(Collectors.joining("\n")));
            assertEquals(List.of(), matrix.told(), "what may not be seen is answered as if it were not there");
        }
        assertEquals(String.join("\n", expected()), rows.stream().sorted().collect(Collectors.joining("\n")));
        var unclear = rows.stream().filter(row -> !row.contains("#"))
                .filter(row -> row.matches(".* \\S*(400|409|422|429|5\\d\\d)\\b.*"))
                .map(row -> row.split(" ")[1]).filter(path -> !CONFLICTS.contains(path)).toList();
        assertEquals(List.of(), unclear, "each request is a good one");
        var refused = rows.stream().filter(row -> row.contains("#") && !row.matches("\\S+ \\S+ [24].*"))
                .filter(row -> !row.matches("\\S+ \\S+ (40[13]\\S* ){2}2.*|\\S+ \\S+ 2.*")).toList();
        assertEquals(List.of(), refused, "each body is a good one");
    }

    /// Runs the matrix against routes without checks: every row that denies an agent of the team something must change.
    @Test
    @Tag("T27")
    @Tag("S2")
    void aRouteThatHasLostItsCheckShowsInTheMatrix() throws IOException {
        var said = expected().stream().collect(Collectors.toMap(row -> String.join(" ", List.of(row.split(" "))
                .subList(0, 2)), row -> List.of(row.split(" "))));
        var survived = new ArrayList<String>();
        int tried = 0;
        try (var matrix = new RouteMatrix(Unchecked::all)) {
            for (var route : new Areas().routes()) {
                tried += mutant(route.name(), said, RouteMatrix.ACTORS, () -> matrix.cell(route, "in-team"), survived);
                for (var field : BodyIds.of(route)) {
                    tried += mutant(RouteMatrix.row(route, field), said, RouteMatrix.WRITERS,
                            () -> matrix.cell(route, field, "in-team"), survived);
                }
            }
        }
        assertEquals(List.of(), survived);
        assertTrue(tried > 50, tried + " mutants");
    }

    private static int mutant(String name, Map<String, List<String>> said, List<String> actors,
                              java.util.function.Supplier<String> cell, List<String> survived) {
        var row = said.get(name);
        if (row == null) throw new AssertionError("route-matrix.txt has no row for " + name);
        var kept = row.get(2 + actors.indexOf("in-team"));
        boolean nothingKept = !kept.matches(".*/404/.*|.*/400/.*|403.*");
        if (nothingKept || OWNED.contains(name)) return 0;
        var now = cell.get();
        if (now.equals(kept)) survived.add(name + " still answers " + now);
        return 1;
    }
}
