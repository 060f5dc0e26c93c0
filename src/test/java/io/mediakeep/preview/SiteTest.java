package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.media.content.Content;
import io.mediakeep.testing.server.TestPage;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page of the test site has exactly the expected preview, written by hand. */
class SiteTest {
    private static final int MIN_PAGES = 100;

    @TempDir
    static Path directory;

    private static TestSite site;
    private static PreviewNode node;

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite();
        node = PreviewNode.onH2(directory, PreviewSettings.DEFAULTS);
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
        site.close();
    }

    static List<TestPage> pages() throws IOException {
        return TestPage.all().stream()
                .filter(page -> page.preview().isPresent())
                .toList();
    }

    @Test
    void pagesAreFound() throws IOException {
        assertThat(pages()).hasSizeGreaterThanOrEqualTo(MIN_PAGES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void hasTheExpectedPreview(TestPage page) throws Exception {
        JsonObject preview = node.preview(site.url(page.path()));
        assertThat(preview).isEqualTo(withImage(page.expected(site), preview));
    }

    /** The expected preview with the size of its image; its content URI is that of the same image. */
    private static JsonObject withImage(JsonObject expected, JsonObject preview) throws Exception {
        if (!expected.containsKey("og:image")) {
            return expected;
        }
        byte[] bytes = site.image(expected.getString("og:image"));
        String mxc = preview.getString("og:image");
        Content content = node.content(mxc);
        assertThat(mxc).startsWith("mxc://example.org/");
        assertThat(node.download(mxc)).isEqualTo(bytes);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        JsonObjectBuilder whole = Json.createObjectBuilder(expected)
                .add("og:image", mxc)
                .add("og:image:type", content.contentType().value())
                .add("og:image:width", image.getWidth())
                .add("og:image:height", image.getHeight())
                .add("matrix:image:size", bytes.length);
        return whole.build();
    }
}
