package switchboard.ticketing.conversation;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// Attachments and recordings, named by their SHA-256 and kept in parts, so that no statement carries more than one
/// part at a time into memory on the way out.
public final class Blobs {
    public static final int SIZE_BYTES_MAX = 50 * 1024 * 1024;
    static final int PART_BYTES = 1024 * 1024;

    private Blobs() {}

    /// @return the names, in the order of `all`
    public static java.util.List<String> store(Sql tx, Collection<byte[]> all) {
        var names = new ArrayList<String>();
        var shas = new ArrayList<String>();
        var parts = new ArrayList<Integer>();
        var bytes = new ArrayList<Buffer>();
        for (var blob : all) {
            if (blob.length > SIZE_BYTES_MAX) throw new Failure.Invalid("A file is larger than 50 MB");
            var name = Signer.digest(blob);
            names.add(name);
            for (int part = 0; part == 0 || part * PART_BYTES < blob.length; part++) {
                shas.add(name);
                parts.add(part);
                bytes.add(Buffer.buffer(Arrays.copyOfRange(blob, part * PART_BYTES,
                        Math.min(blob.length, (part + 1) * PART_BYTES))));
            }
        }
        if (!shas.isEmpty()) {
            tx.query("insert into blob select * from unnest($1::text[], $2::int[], $3::bytea[]) order by 1, 2 on "
                    + "conflict do nothing",
                    shas.toArray(String[]::new), parts.toArray(Integer[]::new), bytes.toArray(Buffer[]::new));
        }
        return names;
    }

    /// @throws Failure.NotFound when there is none of that name
    public static byte[] load(Sql sql, String sha256) {
        var whole = new ByteArrayOutputStream();
        for (var row : sql.query("select bytes from blob where sha256 = $1 order by part", sha256)) {
            whole.writeBytes(row.getBuffer(0).getBytes());
        }
        if (whole.size() == 0 && !sql.exists("select 1 from blob where sha256 = $1", sha256)) {
            throw new Failure.NotFound("The file");
        }
        return whole.toByteArray();
    }
}
