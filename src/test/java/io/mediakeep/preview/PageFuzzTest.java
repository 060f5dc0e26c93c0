package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import io.mediakeep.preview.page.HtmlPage;
import io.mediakeep.preview.page.PageDecoder;
import io.mediakeep.preview.page.ParsedPage;
import io.mediakeep.preview.page.PreviewMetadata;
import io.mediakeep.preview.url.WebUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Web pages in any encoding, and the JSON-LD in them. */
class PageFuzzTest extends FuzzContract {
    PageFuzzTest() {
        super(400, new Limits(64 << 20, Duration.ofSeconds(10)));
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return files("pages");
    }

    @Override
    protected List<String> tokens() {
        return List.of(
                "<div>",
                "</p>",
                "<table>",
                "<script type=application/ld+json>",
                "<svg>",
                "<!--",
                "&#x10ffff;",
                "[[",
                "{\"@graph\":",
                "charset=utf-16");
    }

    @Override
    protected void take(byte[] input) {
        WebUrl url = WebUrl.parse("https://site.example/page").orElseThrow();
        ParsedPage page = HtmlPage.read(PageDecoder.decode(input, Optional.empty()), url);
        PreviewMetadata metadata = new PreviewMetadata();
        metadata.putAll(page.declared());
        metadata.putAll(page.derived());
        assertThat(PreviewJson.of(metadata, Optional.empty())).hasSizeLessThan(100_000);
    }
}
