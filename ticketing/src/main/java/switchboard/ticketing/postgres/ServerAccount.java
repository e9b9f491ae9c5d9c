package switchboard.ticketing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Who PostgreSQL runs as: ourselves, or `nobody` when we are root, because PostgreSQL refuses to run as root.
/// The right to pass through folders (`dac_read_search`) is kept, so that a home under a private folder works.
record ServerAccount(List<String> prefix, boolean switched) {

    private static final int NOBODY = 65_534;
    private static final int CAP_DAC_READ_SEARCH = 2; // capability(7)
    private static final int CAP_SETPCAP = 8;

    static ServerAccount current() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ServerAccount(List.of(), false);
        }
        var prefix = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        if (mayGrantPassage()) {
            prefix.addAll(List.of("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
                    "--securebits=+no_setuid_fixup")); // without it access(2), which initdb asks, ignores the right
        }
        return new ServerAccount(List.copyOf(prefix), true);
    }

    /// Containers often lack these capabilities; asking for them there would be refused.
    private static boolean mayGrantPassage() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("CapPrm:") || line.startsWith("CapBnd:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .allMatch(set -> (set >> CAP_DAC_READ_SEARCH & set >> CAP_SETPCAP & 1) == 1);
    }

    void own(Path path) throws IOException {
        if (switched) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }

    /// Runs a program to its end in `folder`; answers its exit code and everything it printed.
    Outcome run(Path folder, String input, List<String> command) throws IOException {
        var line = new ArrayList<>(prefix);
        line.addAll(command);
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = start(builder);
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes()).strip();
        return new Outcome(exitCode(process), output);
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            if (switched && e.getMessage().contains("\"setpriv\"")) {
                throw new PostgresUnavailable("PostgreSQL does not run as root, and 'setpriv' (util-linux) is missing:"
                        + " install it, or start as another user", e);
            }
            throw e;
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                throw new IOException("still running after 15 minutes: " + process.info().commandLine().orElse("?"));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    record Outcome(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }

        String lastLine() {
            return output.substring(output.lastIndexOf('\n') + 1);
        }
    }
}
