package io.mediakeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the references in the documentation: links, and names of tests. */
class DocumentationReferencesTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void eachLinkLeadsToAFileAndAHeading() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).contains(Path.of("README.md"), Path.of("docs", "deployment.md"));
        assertThat(pages.stream().flatMap(DocumentationReferencesTest::brokenLinks))
                .isEmpty();
    }

    @Test
    void eachTestThatAPageNamesExists() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            Set<String> tests = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(pages().stream().flatMap(page -> TEST.matcher(read(page)).results()))
                    .extracting(test -> test.group(1))
                    .hasSizeGreaterThan(20)
                    .allMatch(test -> tests.contains(test + ".java"));
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<String> brokenLinks(Path page) {
        return LINK.matcher(read(page))
                .results()
                .filter(link -> !hasTarget(page, link))
                .map(link -> page + ": " + link.group());
    }

    private static boolean hasTarget(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        return Files.exists(target)
                && (link.group(2) == null
                        || HEADING.matcher(read(target))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(link.group(2))));
    }

    /** The anchor that GitHub generates for a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
