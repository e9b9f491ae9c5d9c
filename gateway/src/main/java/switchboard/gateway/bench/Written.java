package switchboard.gateway.bench;

import java.util.List;

/// Rows that the program wrote, in the batches in which it wrote them, for `BareRows` to write once more. All of it is
/// SQL: the tables to be written stand in the schema `ceiling` under the program's names, and what is to be written to
/// each in `replay`, under the same names. Only rows are taken that the table in `ceiling` has not yet.
///
/// @param tables in an order in which each refers only to earlier ones
/// @param connections side by side
/// @param plan makes `replay.plan`: one row an event, with its `batch`, numbered from 1
/// @param standing rows that are there before the clock starts, though they were not when the program was followed
/// @param stages one after another; the batches of each side by side
/// @param prepared makes what the changes read besides
record Written(List<String> tables, int connections, List<String> plan, List<Rows> standing, List<Stage> stages,
               List<String> prepared) {
    /// @param source selects all columns of the table, in order; after them, unless the rows are standing, the `batch`
    /// @param before changes `replay.<table>` to what the rows were when they were first written
    record Rows(String table, String source, List<String> before) {
        Rows(String table, String source) {
            this(table, source, List.of());
        }

        /// @param found how the table's rows `x` meet the plan `p`
        static Rows of(String table, String found) {
            return new Rows(table, "select x.*, p.batch from " + table + " x join " + found);
        }
    }

    /// Each batch is one transaction: its rows, in the order of the tables, then the changes.
    ///
    /// @param changes what a batch changes in rows that are there already; `$1` its number
    /// @param needs selects `batch` and `needed`, an earlier one whose rows it answers to; empty when none does
    record Stage(List<Rows> rows, List<String> changes, String needs) {}
}
