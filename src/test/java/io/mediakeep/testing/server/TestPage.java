package io.mediakeep.testing.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the {@link TestSite}: a file below {@code src/test/resources/site} with headers, an empty line, a body, and
 * the expected preview. {@code Status} and {@code Encoding} are not headers but control how it is sent.
 */
public record TestPage(String path, Map<String, String> headers, String template, Optional<String> preview) {
    private static final Path DIRECTORY = Path.of("src/test/resources/site");
    private static final String SUFFIX = ".page";
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}\"*]+)\\*([0-9]+)}");

    /** All pages. */
    public static List<TestPage> all() throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(TestPage::read)
                    .toList();
        }
    }

    private static TestPage read(Path file) {
        try {
            String name = DIRECTORY.relativize(file).toString();
            String[] parts = Files.readString(file).split("--- preview ---\n", 2);
            String[] page = ("\n" + parts[0]).split("\n\n", 2);
            Map<String, String> headers = new LinkedHashMap<>();
            page[0].lines().filter(line -> !line.isEmpty()).forEach(line -> {
                String[] header = line.split(": ", 2);
                headers.put(header[0], header[1]);
            });
            return new TestPage(
                    "/" + name.substring(0, name.length() - SUFFIX.length()),
                    headers,
                    page.length > 1 ? page[1] : "",
                    parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
        } catch (IOException failure) {
            throw new IllegalStateException("no page in " + file, failure);
        }
    }

    /** The body as sent, with the URLs of the site inserted. */
    byte[] body(String site, String other) {
        return filled(template, site, other)
                .strip()
                .getBytes(Charset.forName(headers.getOrDefault("Encoding", "UTF-8")));
    }

    /** A header as sent. */
    static String header(String value, String site, String other) {
        return filled(value, site, other);
    }

    /** The expected preview, in which {@code og:image} is the path of an image of the site. */
    public JsonObject expected(TestSite site) {
        String text = filled(preview.orElseThrow(), site.url(""), site.otherUrl(""));
        return Json.createReader(new StringReader(text)).readObject();
    }

    @Override
    public String toString() {
        return path;
    }

    private static String filled(String text, String site, String other) {
        String addressed = text.replace("{site}", site)
                .replace("{other}", other)
                .replace("{nul}", "\0")
                .replace("{bom}", "\uFEFF");
        return REPEATED.matcher(addressed).replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
    }
}
