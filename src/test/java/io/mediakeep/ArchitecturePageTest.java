package io.mediakeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares docs/architecture.md with the sources: its map of the packages, and the types that it names. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final Path SOURCES = Path.of("src");
    private static final Path BASE = SOURCES.resolve(Path.of("main", "java", "io", "mediakeep"));

    private static final Pattern MAP_ROW = Pattern.compile("(?m)^\\| `([a-z0-9.]+)` \\| (.+) \\|$");
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern TYPE_NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.([a-z]\\w+))?`");

    @Test
    void theMapHasEachPackageWithItsSentence() throws IOException {
        Map<String, String> map = MAP_ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(map).isEqualTo(sentences());
    }

    @Test
    void eachPackageHasASentence() throws IOException {
        try (Stream<Path> files = Files.walk(BASE)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct())
                    .allSatisfy(directory ->
                            assertThat(directory.resolve("package-info.java")).exists());
        }
    }

    @Test
    void eachTypeThatThePageNamesExists() throws IOException {
        Map<String, Path> types = types();
        assertThat(TYPE_NAME.matcher(Files.readString(PAGE)).results())
                .hasSizeGreaterThan(50)
                .filteredOn(name -> !exists(types.get(name.group(1)), name.group(2)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    private static boolean exists(@Nullable Path type, @Nullable String method) {
        return type != null && (method == null || read(type).contains(" " + method + "("));
    }

    private static Map<String, String> sentences() throws IOException {
        try (Stream<Path> files = Files.walk(BASE)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(ArchitecturePageTest::packageName, ArchitecturePageTest::sentence));
        }
    }

    private static String packageName(Path packageInfo) {
        return BASE.relativize(packageInfo.getParent()).toString().replace('/', '.');
    }

    /** The Javadoc of a package, as on the page. */
    private static String sentence(Path packageInfo) {
        return JAVADOC.matcher(read(packageInfo))
                .results()
                .map(comment -> comment.group(1)
                        .replaceAll("\\s*\n \\* ?", " ")
                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                        .strip())
                .findFirst()
                .orElse("");
    }

    private static Map<String, Path> types() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
