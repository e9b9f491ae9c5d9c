package switchboard.ticketing.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A running server, as its `postmaster.pid` tells it (line 1 the process, line 4 the port; PostgreSQL's miscadmin.h).
record Postmaster(long pid, int port) {

    /// The server of that data folder, when its process lives. A file left by a dead one, or half written, is nobody.
    static Optional<Postmaster> of(Path data) throws IOException {
        return written(data).filter(server -> server.serves(data));
    }

    /// Whether the file names a process that is no PostgreSQL of ours: the number was given out again, or the server is
    /// dead and nobody buries it, as in a container whose first process takes no care of orphans. PostgreSQL itself
    /// would take such a process for its predecessor and refuse to start.
    static boolean namesAnother(Path data) throws IOException {
        return written(data).filter(server -> server.exists() && !server.serves(data)).isPresent();
    }

    static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    boolean alive(Path data) {
        return serves(data);
    }

    private static Optional<Postmaster> written(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file(data));
            return lines.size() < 4 ? Optional.empty() : Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip())));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// A zombie has neither folder nor command line.
    private boolean serves(Path data) {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return ProcessHandle.of(pid).isPresent();
        }
        try {
            String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            String ours = new String(data.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return command.contains("postgres") && (command.contains(ours) || workingFolderIs(data));
        } catch (IOException gone) {
            return false;
        }
    }

    /// For a home that was named by another path then. A server's working folder is its data folder.
    private boolean workingFolderIs(Path data) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), data);
        } catch (IOException notOurs) {
            return false;
        }
    }

    private boolean exists() {
        return Files.exists(Path.of("/proc/" + pid));
    }
}
