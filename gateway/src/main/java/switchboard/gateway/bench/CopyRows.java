package switchboard.gateway.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.copy.CopyIn;
import org.postgresql.jdbc.PgConnection;

/// Rows of one table as PostgreSQL's binary COPY carries them, by the batch to which they belong: read once, and then
/// written as often as wanted without a look into them. The format is that of the manual's page on COPY.
final class CopyRows {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0,
        0, 0, 0, 0};
    private static final int END = -1; // instead of a row's number of fields
    private final String copyIn;
    private final SortedMap<Integer, byte[]> rows = new TreeMap<>();
    private long count;

    /// @param source the table or query to read, which has the column `batch`
    CopyRows(PgConnection connection, String table, List<String> columns, String source)
            throws SQLException, IOException {
        var names = String.join(", ", columns);
        this.copyIn = "copy " + table + " (" + names + ") from stdin (format binary)";
        var all = new ByteArrayOutputStream();
        connection.getCopyAPI().copyOut("copy (select batch, " + names + " from " + source
                + " order by batch) to stdout (format binary)", all);
        split(new DataInputStream(new ByteArrayInputStream(all.toByteArray())), columns.size());
    }

    private void split(DataInputStream in, int fields) throws IOException {
        in.skipNBytes(HEADER.length);
        Integer current = null;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        while (in.readShort() != END) {
            int batch = number(in);
            if (current == null || batch != current) {
                finish(current, bytes, out);
                out.write(HEADER);
                current = batch;
            }
            out.writeShort(fields);
            for (int i = 0; i < fields; i++) {
                int length = in.readInt();
                out.writeInt(length);
                if (length > 0) out.write(in.readNBytes(length));
            }
            count++;
        }
        finish(current, bytes, out);
    }

    private static int number(DataInputStream in) throws IOException {
        if (in.readInt() != Integer.BYTES) throw new IOException("a batch has a number");
        return in.readInt();
    }

    private void finish(Integer batch, ByteArrayOutputStream bytes, DataOutputStream out) throws IOException {
        if (batch == null) return;
        out.writeShort(END);
        rows.put(batch, bytes.toByteArray());
        bytes.reset();
    }

    long count() {
        return count;
    }

    Set<Integer> batches() {
        return rows.keySet();
    }

    /// Writes the rows of one batch; nothing when it has none.
    void write(PgConnection connection, int batch) throws SQLException {
        var bytes = rows.get(batch);
        if (bytes == null) return;
        CopyIn copy = connection.getCopyAPI().copyIn(copyIn);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
    }
}
