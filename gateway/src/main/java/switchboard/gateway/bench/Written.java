package switchboard.gateway.bench;

import java.util.List;

/// Rows that the program wrote, in the batches in which it wrote them, for `BareRows` to write once more. All of it is
/// SQL, and happens in the schema `ceiling`, whose tables are of the same shape as the program's and have its names.
///
/// @param plan makes `ceiling.plan`: one row an event, with its `batch`, numbered from 1
/// @param standing rows that are there before the clock starts
/// @param stages one after another; the batches of each side by side over `connections`
/// @param prepared makes what the changes read besides
/// @param keys foreign keys, as `table:column:other`
record Written(List<String> plan, List<Rows> standing, List<Stage> stages, List<String> prepared, List<String> keys,
               int connections) {
    /// @param source selects all columns of the table, in order; after them, unless the rows are standing, the `batch`
    /// @param before changes `ceiling.from_<table>` to what the rows were when they were first written
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
    /// @param changes what a batch changes in rows that are there already; `?` its number
    /// @param needs selects `batch` and `needed`, an earlier one whose rows it answers to; empty when none does
    record Stage(List<Rows> rows, List<String> changes, String needs) {}
}
