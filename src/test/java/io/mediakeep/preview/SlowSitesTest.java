package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.server.SlowServer;
import io.mediakeep.testing.server.TestSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few users request previews of many slow pages: other users are not delayed. A page takes two minutes, so with an
 * unfair queue the other page would be too late.
 */
@Timeout(180)
class SlowSitesTest {
    private static final int CALLERS = 3;
    private static final PreviewSettings SETTINGS = new PreviewSettings(
            true,
            4 << 20,
            1 << 20,
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            PreviewSettings.RequestHeaders.DEFAULTS,
            List.of(),
            List.of());

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    void otherSitesAreNotDelayed(int sites) throws Exception {
        try (SlowServer dripping = new SlowServer();
                TestSite honest = new TestSite();
                PreviewNode node = PreviewNode.onH2(directory, SETTINGS)) {
            for (int page = 0; page < sites; page++) {
                for (int site = 0; site < sites; site++) {
                    String url = "http://site" + site + ".example:" + dripping.port() + "/" + page;
                    preview(node, url, "caller" + (page % CALLERS));
                }
            }
            Eventually.holds(() -> assertThat(dripping.requests()).isGreaterThanOrEqualTo(CALLERS));
            honest.page("/page", "<title>Honest</title>");
            assertThat(preview(node, honest.url("honest.example", "/page"), "honest")
                            .toCompletableFuture())
                    .succeedsWithin(Duration.ofMinutes(1));
        }
    }

    private static CompletionStage<String> preview(PreviewNode node, String url, String caller) {
        return node.previews.preview(new PreviewRequest(url, Optional.empty(), Optional.empty(), caller));
    }
}
