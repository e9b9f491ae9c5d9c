package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// The house style that a machine can see: sizes, names, leftovers.
class TidyTest {

    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;
    private static final int LINE_CHARS_MAX = 120;
    private static final long FILE_BYTES_MAX = 1 << 20;

    /// npm itself, for machines without Node.
    private static final Set<String> MAY_BE_LARGE = Set.of("agent-console/tools/npm-11.tgz");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".switchboard", ".idea");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|ts|tsx|jte)|switchboard|\\.ci/run");
    private static final Pattern WRITTEN_BY_A_TOOL = Pattern.compile(".*(\\.gen\\.tsx?|\\.d\\.ts)");
    private static final Pattern BAD_NAME = Pattern.compile(
            "Abstract.*|.*(Impl|Manager|Helper|Utils?|Service|DTO|Dto|Data|Info)");
    private static final Pattern ONE_MACHINE = Pattern.compile(
            "/(root|work|home/[a-z]+|Users/[A-Za-z]+)/[a-zA-Z.]");
    private static final Pattern MIGRATION = Pattern.compile("V\\d{12}__[a-z0-9]+(_[a-z0-9]+)+\\.sql");
    /// Found by their libraries under these names.
    private static final Set<String> FOUND_BY_NAME = Set.of("logback.xml", "logback-test.xml", "psw4j.properties");

    private static final Path ROOT = root();
    private static final List<Path> FILES = files();

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("switchboard"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void filesAndLinesAreShort() throws IOException {
        var found = new TreeSet<String>();
        for (Path file : sources()) {
            found.addAll(untidyLines(name(file), Files.readAllLines(file)));
        }
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void methodsAreShortAndNamesSaySomething() throws IOException {
        var found = new TreeSet<String>();
        for (Path file : FILES) {
            if (name(file).endsWith(".java")) {
                found.addAll(untidyCode(name(file), Files.readString(file)));
            }
        }
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void noFileIsLarge() throws IOException {
        var found = new TreeSet<String>();
        for (Path file : FILES) {
            if (Files.size(file) > FILE_BYTES_MAX && !MAY_BE_LARGE.contains(name(file))) {
                found.add(name(file) + " has " + Files.size(file) + " bytes");
            }
        }
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void noSourceNamesAPathOfOneMachine() throws IOException {
        var found = new TreeSet<String>();
        for (Path file : sources()) {
            ONE_MACHINE.matcher(Files.readString(file)).results()
                    .forEach(match -> found.add(name(file) + " names " + match.group()));
        }
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void everyResourceIsNamedSomewhereAndMigrationsAreWellNamed() throws IOException {
        var text = new StringBuilder();
        for (Path file : sources()) {
            text.append(Files.readString(file));
        }
        var found = new TreeSet<String>();
        for (Path file : FILES) {
            String path = name(file);
            if (path.contains("/src/main/resources/") && isDead(file, text)) {
                found.add(path);
            }
        }
        assertEquals(new TreeSet<>(), found);
    }

    /// A resource lives when its name, or the folder it is read from, stands in a source.
    private static boolean isDead(Path file, CharSequence sources) {
        String name = file.getFileName().toString();
        if (name.endsWith(".sql")) {
            return !MIGRATION.matcher(name).matches() && !sources.toString().contains(name);
        }
        String stem = name.replaceFirst("\\..*", "");
        return !FOUND_BY_NAME.contains(name) && !file.toString().contains("META-INF")
                && !sources.toString().contains(stem)
                && foldersBelowModule(file).noneMatch(folder -> sources.toString().contains(folder + "/"));
    }

    /// Of `.../resources/switchboard/gateway/demo/en/a.json`: demo and en.
    private static Stream<Path> foldersBelowModule(Path file) {
        String[] halves = file.getParent().toString().split("/src/main/resources/");
        return StreamSupport.stream(Path.of(halves[halves.length - 1]).spliterator(), false).skip(2);
    }

    @Test
    void untidinessIsFound() {
        var long501 = List.of("x\n".repeat(FILE_LINES_MAX + 1).split("\n"));
        assertEquals(1, untidyLines("A.java", long501).size());
        assertEquals(0, untidyLines("A.java", long501.subList(0, FILE_LINES_MAX)).size());
        assertEquals(1, untidyLines("A.java", List.of("x".repeat(LINE_CHARS_MAX + 1))).size());
        assertEquals(0, untidyLines("A.java", List.of("x".repeat(LINE_CHARS_MAX))).size());
        String method = "class A { void m() {" + "\n".repeat(METHOD_LINES_MAX - 1) + "} }";
        assertEquals(0, untidyCode("A.java", method).size());
        assertEquals(1, untidyCode("A.java", method.replace("} }", "\n} }")).size());
        assertEquals(2, untidyCode("A.java", "class UserService { record TicketInfo() {} }").size());
        assertTrue(ONE_MACHINE.matcher("/root" + "/x").find());
    }

    private static List<String> untidyLines(String name, List<String> lines) {
        var found = new ArrayList<String>();
        if (lines.size() > FILE_LINES_MAX) {
            found.add(name + " has " + lines.size() + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > LINE_CHARS_MAX) {
                found.add(name + ":" + (i + 1) + " has " + lines.get(i).length() + " characters");
            }
        }
        return found;
    }

    private static List<String> untidyCode(String name, String code) {
        var source = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return code;
            }
        };
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(source));
        var found = new ArrayList<String>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(name, unit, Trees.instance(task), found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static final class Scan extends TreePathScanner<Void, Void> {
        private final String name;
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> found;

        Scan(String name, CompilationUnitTree unit, Trees trees, List<String> found) {
            this.name = name;
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (BAD_NAME.matcher(type.getSimpleName()).matches()) {
                found.add(name + " names a type " + type.getSimpleName());
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var positions = trees.getSourcePositions();
            if (positions.getEndPosition(unit, method) > 0) {
                var lines = unit.getLineMap();
                long length = lines.getLineNumber(positions.getEndPosition(unit, method))
                        - lines.getLineNumber(positions.getStartPosition(unit, method)) + 1;
                if (length > METHOD_LINES_MAX) {
                    found.add(name + " " + method.getName() + " has " + length + " lines");
                }
            }
            return super.visitMethod(method, nothing);
        }
    }

    private static List<Path> sources() {
        return FILES.stream().filter(file -> SOURCE.matcher(name(file)).matches())
                .filter(file -> !WRITTEN_BY_A_TOOL.matcher(name(file)).matches()).collect(Collectors.toList());
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> files() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }
}
