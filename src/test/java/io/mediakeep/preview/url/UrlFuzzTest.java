package io.mediakeep.preview.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** URLs of users and pages, checked against rules that deny one path and allow another. */
class UrlFuzzTest extends FuzzContract {
    private static final WebUrl HERE = WebUrl.parse("http://host.example/a/b").orElseThrow();
    private static final UrlRules RULES = new UrlRules(List.of("deny */secret*"));

    UrlFuzzTest() {
        super(3000, new Limits(32 << 20, Duration.ofSeconds(5)));
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return lines("urls/all.txt");
    }

    @Override
    protected List<String> tokens() {
        return List.of("%2e", "%2F", "/../", "/./", "//", ";", "%", "\\", "?", "secret", "host.example");
    }

    @Override
    protected void take(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<WebUrl> url = WebUrl.parse(text).or(() -> HERE.resolve(text));
        url.ifPresent(normal -> {
            assertThat(WebUrl.parse(normal.toString())).contains(normal);
            boolean denied = normal.uri().getRawPath().startsWith("/secret");
            assertThat(RULES.permit(normal.uri()) && denied).isFalse();
        });
    }
}
