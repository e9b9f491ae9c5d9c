import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * Builds the npm workspace beside this file, and does nothing when nothing changed: {@code npm ci} runs when a
 * lockfile or package.json did, {@code npm run build} when any source did. Runs as it stands, on Java 17 or newer:
 * {@code java WebBuild.java <workspace> <maven home> <local repository>}. Without Node 20.19 on the path it takes
 * Node from the Playwright driver that Maven Central serves, and npm from tools/.
 */
public class WebBuild {

    private static final int[] NODE_MIN = {20, 19};
    private static final String COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
    private static final String NODE_ARTIFACT = "com.microsoft.playwright:driver-bundle:1.62.0";
    private static final int ERROR_LINES_SHOWN = 60;
    private static final Set<String> NOT_SOURCES = Set.of("node_modules", "target", "docs", "tools", ".git");
    private static final Set<String> BUILD_FILES = Set.of("WebBuild.java", "pom.xml");

    private final Path root;
    private final Path target;
    private final Path mavenHome;
    private final Path localRepository;

    private WebBuild(Path root, Path mavenHome, Path localRepository) {
        this.root = root;
        this.target = root.resolve("target");
        this.mavenHome = mavenHome;
        this.localRepository = localRepository;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            new WebBuild(Path.of(args[0]).toAbsolutePath().normalize(), Path.of(args[1]), Path.of(args[2])).run();
        } catch (Stop stop) {
            System.err.println("web: " + stop.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        if (!Files.exists(root.resolve("package-lock.json")) || !Files.exists(root.resolve("package.json"))) {
            throw new Stop("no package.json with its lockfile in " + root + "; -DskipWeb builds without the web parts");
        }
        Path built = target.resolve("web.built");
        Path installed = root.resolve("node_modules/.installed");
        String packages = hash(true);
        boolean stale = !holds(built, hash(false)) || !hasOutput();
        if (!stale && holds(installed, packages)) {
            System.out.println("web: unchanged");
            return;
        }
        Node node = node();
        if (!holds(installed, packages)) {
            System.out.println("web: npm ci with Node " + node.version());
            npm(node, "ci", "--prefer-offline", "--no-audit", "--no-fund");
            Files.writeString(installed, packages);
        }
        System.out.println("web: npm run build");
        npm(node, "run", "build");
        if (!hasOutput()) {
            throw new Stop("npm run build left nothing in " + output());
        }
        Files.createDirectories(target);
        Files.writeString(built, hash(false)); // after the build, because it may write generated sources
    }

    private Path output() {
        return target.resolve("classes/switchboard/web/console");
    }

    private boolean hasOutput() throws IOException {
        if (!Files.isDirectory(output())) {
            return false;
        }
        try (var files = Files.list(output())) {
            return files.findAny().isPresent();
        }
    }

    private static boolean holds(Path stamp, String text) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(text);
    }

    // ---- what changed

    private static boolean isPackageFile(String name) {
        return name.equals("package.json") || name.equals("package-lock.json") || name.equals(".npmrc");
    }

    private String hash(boolean packagesOnly) throws IOException {
        var digests = new TreeMap<String, byte[]>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (packagesOnly ? isPackageFile(name) : !BUILD_FILES.contains(name)) {
                    digests.put(root.relativize(file).toString(), sha256().digest(Files.readAllBytes(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        MessageDigest all = sha256();
        digests.forEach((path, digest) -> {
            all.update((path + "\0").getBytes());
            all.update(digest);
        });
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- Node and npm

    /** A way to call npm: the words that start it, and the folder that scripts find `node` in. */
    private record Node(String version, List<String> npm, Optional<Path> folder) {}

    private Node node() throws IOException, InterruptedException {
        Optional<String> version = version(List.of("node", "--version"));
        String npm = windows() ? "npm.cmd" : "npm";
        if (version.filter(WebBuild::newEnough).isPresent() && version(List.of(npm, "--version")).isPresent()) {
            return new Node(version.get(), List.of(npm), Optional.empty());
        }
        Path folder = target.resolve("node");
        Path program = folder.resolve(windows() ? "node.exe" : "node");
        Path npmCli = folder.resolve("package/bin/npm-cli.js");
        if (!Files.exists(folder.resolve("complete"))) {
            System.out.println("web: no Node 20.19 or newer with npm on the path, taking one from Maven Central");
            Files.createDirectories(folder);
            unpackNode(fetchDriver(folder), program);
            unpackNpm(folder, npmCli);
            Files.writeString(folder.resolve("complete"), NODE_ARTIFACT);
        }
        String own = version(List.of(program.toString(), "--version"))
                .orElseThrow(() -> new Stop(program + " does not run on this machine: install Node 20.19 or newer"));
        return new Node(own, List.of(program.toString(), npmCli.toString()), Optional.of(folder));
    }

    static boolean newEnough(String version) {
        var parts = Pattern.compile("v(\\d+)\\.(\\d+).*").matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major > NODE_MIN[0] || major == NODE_MIN[0] && Integer.parseInt(parts.group(2)) >= NODE_MIN[1];
    }

    private Path fetchDriver(Path folder) throws IOException, InterruptedException {
        String mvn = mavenHome.resolve(windows() ? "bin/mvn.cmd" : "bin/mvn").toString();
        call(List.of(mvn, "-q", "-B", COPY_GOAL, "-Dartifact=" + NODE_ARTIFACT, "-DoutputDirectory=" + folder,
                "-Dmaven.repo.local=" + localRepository), folder, Map.of(),
                "could not fetch " + NODE_ARTIFACT + ": install Node 20.19 or newer, or -DskipWeb");
        return folder.resolve("driver-bundle-1.62.0.jar");
    }

    private static void unpackNode(Path driver, Path program) throws IOException {
        String os = System.getProperty("os.name").toLowerCase();
        boolean arm = Set.of("aarch64", "arm64").contains(System.getProperty("os.arch"));
        String platform = windows() ? "win32_x64" : os.startsWith("mac") ? arm ? "mac-arm64" : "mac"
                : arm ? "linux-arm64" : "linux";
        try (var zip = new ZipFile(driver.toFile())) {
            var entry = zip.getEntry("driver/" + platform + "/" + program.getFileName());
            if (entry == null) {
                throw new Stop("no Node for " + platform + " on Maven Central: install Node 20.19 or newer");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!program.toFile().setExecutable(true, false)) {
            throw new Stop("cannot make " + program + " executable");
        }
        Files.delete(driver);
    }

    /** Unpacks npm and puts a script `npm` beside `node`, for package scripts that call npm themselves. */
    private void unpackNpm(Path folder, Path npmCli) throws IOException, InterruptedException {
        call(List.of("tar", "-xzf", root.resolve("tools/npm-11.tgz").toString(), "-C", folder.toString()), folder,
                Map.of(), "could not unpack tools/npm-11.tgz");
        if (windows()) {
            Files.writeString(folder.resolve("npm.cmd"), "@\"%~dp0node.exe\" \"" + npmCli + "\" %*\r\n");
            return;
        }
        Path script = folder.resolve("npm");
        Files.writeString(script, "#!/bin/sh\nexec \"" + folder.resolve("node") + "\" \"" + npmCli + "\" \"$@\"\n");
        if (!script.toFile().setExecutable(true, false)) {
            throw new Stop("cannot make " + script + " executable");
        }
    }

    private void npm(Node node, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(node.npm());
        command.addAll(List.of(arguments));
        var environment = new TreeMap<String, String>();
        environment.put("npm_config_update_notifier", "false");
        node.folder().ifPresent(folder -> environment.put("PATH",
                folder + System.getProperty("path.separator") + System.getenv().getOrDefault("PATH", "")));
        call(command, root, environment, "npm " + String.join(" ", arguments) + " failed");
    }

    // ---- processes

    private static boolean windows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static Optional<String> version(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? Optional.of(output.lines().reduce("", (a, b) -> b)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Runs to the end; the last lines of output are shown only when it fails. */
    private static void call(List<String> command, Path folder, Map<String, String> environment, String failure)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        var last = new ArrayDeque<String>();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                last.add(line);
                if (last.size() > ERROR_LINES_SHOWN) {
                    last.remove();
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (process.waitFor() != 0) {
            last.forEach(System.err::println);
            throw new Stop(failure);
        }
    }

    /** The build cannot go on; the message is one line for a person. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop(String line) {
            super(line);
        }
    }
}
