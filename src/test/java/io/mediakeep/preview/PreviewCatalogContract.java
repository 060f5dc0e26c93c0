package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.upload.ExpiringMedia.Source;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.preview.url.WebUrl;
import io.mediakeep.testing.Concurrently;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stored previews and their images, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PreviewCatalogContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PreviewKey KEY = key("https://example.org/", "en");

    @TempDir
    static Path directory;

    private PreviewNode node;
    private Instant now;

    abstract DatabaseSettings database(Path directory);

    @BeforeAll
    void start() throws IOException {
        node = new PreviewNode(database(directory), directory.resolve("blobs"), PreviewSettings.DEFAULTS);
    }

    @BeforeEach
    void reset() {
        node.reset();
        now = node.clock.instant();
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
    }

    @Test
    void aStoredPreviewIsReturnedUnchanged() {
        Validators validators = new Validators(Optional.of("\"x\""), Optional.of("yesterday"));
        Mxc image = new Mxc(MediaNode.LOCAL, "abc");
        StoredPreview stored =
                new StoredPreview("{\"a\":\"ä🐟\"}", now, now.plus(HOUR), validators, Optional.of(image));
        node.previewCatalog.store(KEY, stored);
        assertThat(node.previewCatalog.latest(KEY)).contains(stored);
    }

    @Test
    void thePreviewOfMaximumLengthIsStored() {
        StoredPreview longest = preview("\"" + "ä".repeat(199_998) + "\"", now);
        node.previewCatalog.store(KEY, longest);
        assertThat(node.previewCatalog.latest(KEY)).contains(longest);
    }

    @Test
    void previewsAreKeyedByUrlAndLanguage() {
        node.previewCatalog.store(KEY, preview("1", now));
        assertThat(node.previewCatalog.latest(key("https://example.org/other", "en")))
                .isEmpty();
        assertThat(node.previewCatalog.latest(key("https://example.org/", "de")))
                .isEmpty();
    }

    @Test
    void thePreviewOfAPointInTimeIsReturned() {
        node.previewCatalog.store(KEY, preview("1", now));
        node.previewCatalog.store(KEY, preview("2", now.plus(HOUR.multipliedBy(3))));
        assertThat(json(now.minusSeconds(1))).isEmpty();
        assertThat(json(now)).contains("1");
        assertThat(json(now.plus(HOUR).minusSeconds(1))).contains("1");
        assertThat(json(now.plus(HOUR))).isEmpty();
        assertThat(json(now.plus(HOUR.multipliedBy(3)))).contains("2");
        assertThat(node.previewCatalog.latest(KEY)).map(StoredPreview::json).contains("2");
    }

    @Test
    void onePreviewIsStoredForEachHour() {
        node.previewCatalog.store(KEY, preview("1", now));
        node.previewCatalog.store(KEY, preview("2", now.plusSeconds(60)));
        assertThat(node.rows("PreviewEntity")).isEqualTo(1);
        assertThat(node.previewCatalog.latest(KEY)).map(StoredPreview::json).contains("2");
    }

    @Test
    void concurrentNodesStoreOnePreviewOfAnHour() throws Exception {
        Concurrently.run(8, () -> {
            node.previewCatalog.store(KEY, preview("1", now));
            return true;
        });
        assertThat(node.rows("PreviewEntity")).isEqualTo(1);
    }

    @Test
    void expiredPreviewsAreRemovedAfterTheRevalidationPeriod() {
        node.previewCatalog.store(KEY, preview("1", now));
        node.previewCatalog.store(KEY, preview("2", now.plus(HOUR)));
        Instant end = now.plus(HOUR).plus(StoredPreview.REVALIDATION_PERIOD);
        assertThat(node.previewCatalog.removeExpired(end.minusSeconds(1), 10)).isZero();
        assertThat(node.previewCatalog.removeExpired(end, 10)).isEqualTo(1);
        assertThat(node.previewCatalog.latest(KEY)).map(StoredPreview::json).contains("2");
    }

    @Test
    void allExpiredPreviewsAndImagesAreRemoved() throws Exception {
        for (int hour = 0; hour < 1201; hour++) {
            node.previewCatalog.store(KEY, preview("1", now.plus(HOUR.multipliedBy(hour))));
        }
        storeExpiring("a cat", now.plus(HOUR));
        node.clock.advance(Duration.ofDays(365));
        node.previews.removeExpired();
        node.cleanup.remove();
        assertThat(node.rows("PreviewEntity")).isZero();
        assertThat(node.rows("MediaEntity")).isZero();
        assertThat(node.rows("BlobEntity")).isZero();
    }

    @Test
    void expiringMediaHasNoUploaderAndExpires() throws Exception {
        Mxc mxc = storeExpiring("a cat", now.plus(HOUR));
        assertThat(node.download(mxc.toString()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a cat");
        assertThat(node.rows("UsageEntity")).isZero();
        node.clock.advance(HOUR.minusSeconds(1));
        assertThat(node.expiring.removeExpired(10)).isZero();
        node.clock.advance(Duration.ofSeconds(1));
        assertThat(node.expiring.removeExpired(10)).isEqualTo(1);
        node.cleanup.remove();
        assertThat(node.rows("MediaEntity")).isZero();
        assertThat(node.rows("BlobEntity")).isZero();
    }

    @Test
    void aSharedBlobIsNotRemoved() throws Exception {
        storeExpiring("a cat", now.plus(HOUR));
        Mxc longer = storeExpiring("a cat", now.plus(HOUR.multipliedBy(2)));
        node.clock.advance(HOUR);
        assertThat(node.expiring.removeExpired(10)).isEqualTo(1);
        assertThat(node.download(longer.toString()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a cat");
    }

    @Test
    void theExpiryCanBeExtendedUntilItIsRemoved() throws Exception {
        Mxc mxc = storeExpiring("a cat", now.plus(HOUR));
        assertThat(node.expiring.extendExpiry(mxc, now.plus(HOUR.multipliedBy(2))))
                .isTrue();
        assertThat(node.expiring.extendExpiry(mxc, now.plus(HOUR))).isTrue();
        node.clock.advance(HOUR);
        assertThat(node.expiring.removeExpired(10)).isZero();
        node.clock.advance(HOUR);
        assertThat(node.expiring.removeExpired(10)).isEqualTo(1);
        assertThat(node.expiring.extendExpiry(mxc, now.plus(HOUR.multipliedBy(9))))
                .isFalse();
    }

    private Mxc storeExpiring(String text, Instant until) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Source source =
                new Source(new ContentType("text/plain"), Optional.empty(), 100, new ByteArrayInputStream(bytes));
        return node.expiring.store(source, until).mxc();
    }

    private Optional<String> json(Instant time) {
        return node.previewCatalog.latestAt(KEY, time).map(StoredPreview::json);
    }

    private static StoredPreview preview(String json, Instant fetchedAt) {
        return new StoredPreview(json, fetchedAt, fetchedAt.plus(HOUR), Validators.NONE, Optional.empty());
    }

    private static PreviewKey key(String url, String language) {
        return new PreviewKey(WebUrl.parse(url).orElseThrow(), new Language(language));
    }
}
