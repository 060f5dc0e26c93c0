package io.mediakeep.media.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.limits.UploadQuotas;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.Concurrently;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Quotas of uploads in a period, on every database. */
interface QuotasContract {
    Duration HOUR = Duration.ofHours(1);

    /** Ten bytes and five files in an hour. */
    Rule IN_AN_HOUR = new Rule(
            "@alice:*",
            OptionalLong.empty(),
            List.of(
                    new UsageLimit(Unit.BYTES, 10, Optional.of(HOUR)),
                    new UsageLimit(Unit.FILES, 5, Optional.of(HOUR))));

    MediaNode node(NodeOptions options) throws IOException;

    private MediaNode limited() throws IOException {
        return node(new NodeOptions().quotas(IN_AN_HOUR));
    }

    @Test
    default void whatIsRejectedIsAcceptedAfterTheNamedTime() throws Exception {
        try (MediaNode node = limited()) {
            node.upload(MediaNode.ALICE, "1234");
            node.clock.advance(Duration.ofMinutes(20));
            node.upload(MediaNode.ALICE, "56789");
            Duration wait = rejection(() -> node.upload(MediaNode.ALICE, "0a"))
                    .retryAfter()
                    .orElseThrow();
            assertThat(wait).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
            node.upload(MediaNode.BOB, "other users are not limited");

            node.clock.advance(wait.minusMillis(1));
            rejection(() -> node.upload(MediaNode.ALICE, "0a"));
            node.clock.advance(Duration.ofMillis(1));
            node.upload(MediaNode.ALICE, "0a");
            rejection(() -> node.upload(MediaNode.ALICE, "bcde"));
        }
    }

    @Test
    default void aRejectedUploadLeavesNothing() throws Exception {
        try (MediaNode node = limited()) {
            node.upload(MediaNode.ALICE, "123456");
            MatrixException rejection = rejection(() ->
                    node.upload(MediaNode.uploadOf(MediaNode.ALICE, MediaNode.bytes("12345"), OptionalLong.empty())));
            assertThat(rejection.retryAfter()).isPresent();
            assertThat(node.rows("BlobEntity")).isEqualTo(1);
            assertThat(node.rows("MediaEntity")).isEqualTo(1);
            node.upload(MediaNode.ALICE, "1234");
        }
    }

    @Test
    default void itHoldsWhenUploadsRunSideBySide() throws Exception {
        try (MediaNode node = limited()) {
            List<Object> outcomes = Concurrently.run(12, () -> node.upload(MediaNode.ALICE, "1"));
            assertThat(outcomes).filteredOn(Mxc.class::isInstance).hasSize(5);
            assertThat(outcomes).filteredOn(MatrixException.class::isInstance).hasSize(7);
        }
    }

    @Test
    default void whatIsDeletedCountsUntilThePeriodIsOver() throws Exception {
        try (MediaNode node = limited()) {
            node.delete(node.upload(MediaNode.ALICE, "0123456789"));
            rejection(() -> node.upload(MediaNode.ALICE, "a"));
            node.clock.advance(Duration.ofMinutes(61));
            node.upload(MediaNode.ALICE, "a");
        }
    }

    @Test
    default void uploadsWithoutTheRuleCountWhenItIsAdded() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            UsageCatalog ruled = new UsageCatalog(
                    node.transactions, node.clock, new UploadQuotas(new QuotaSettings(List.of(IN_AN_HOUR))));
            node.upload(MediaNode.ALICE, "too early");
            node.clock.advance(Duration.ofMinutes(61));
            ruled.check(MediaNode.ALICE, 10);
            node.upload(MediaNode.ALICE, "123");
            node.clock.advance(Duration.ofMinutes(5));
            node.upload(MediaNode.ALICE, "45");
            ruled.check(MediaNode.ALICE, 5);
            Duration wait = rejection(() -> ruled.check(MediaNode.ALICE, 6))
                    .retryAfter()
                    .orElseThrow();
            assertThat(wait).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(56));
            node.clock.advance(wait);
            ruled.check(MediaNode.ALICE, 8);
            rejection(() -> ruled.check(MediaNode.ALICE, 9));
        }
    }

    @Test
    default void uploadsOfASlotShareARow() throws Exception {
        try (MediaNode node = limited()) {
            for (int i = 0; i < 4; i++) {
                node.upload(MediaNode.ALICE, "1");
                node.clock.advance(Duration.ofSeconds(20));
            }
            assertThat(node.rows("UploadCountEntity")).isEqualTo(2);
            node.upload(MediaNode.BOB, "not counted");
            assertThat(node.rows("UploadCountEntity")).isEqualTo(2);
        }
    }

    @Test
    default void aClockThatWasWrongLocksNobodyOut() throws Exception {
        try (MediaNode node = limited()) {
            node.upload(MediaNode.ALICE, "1234");
            node.clock.advance(Duration.ofDays(3650));
            node.upload(MediaNode.ALICE, "0123456789");
            node.clock.advance(Duration.ofDays(-3650));
            rejection(() -> node.upload(MediaNode.ALICE, "1234567"));
            node.upload(MediaNode.ALICE, "123456");
            node.clock.advance(Duration.ofDays(-3650));
            node.upload(MediaNode.ALICE, "0123456789");
            node.clock.advance(Duration.ofDays(7300));
            rejection(() -> node.upload(MediaNode.ALICE, "ten bytes were uploaded at this time"));
            node.clock.advance(Duration.ofMinutes(61));
            node.upload(MediaNode.ALICE, "0123456789");
        }
    }

    @Test
    default void countsAreRemovedWhenTheirPeriodIsOver() throws Exception {
        try (MediaNode node = limited()) {
            node.upload(MediaNode.ALICE, "1");
            node.clock.advance(Duration.ofMinutes(30));
            node.upload(MediaNode.ALICE, "2");
            node.cleanup.remove();
            assertThat(node.rows("UploadCountEntity")).isEqualTo(2);
            node.clock.advance(Duration.ofMinutes(31));
            node.cleanup.remove();
            assertThat(node.rows("UploadCountEntity")).isEqualTo(1);
            node.clock.advance(HOUR);
            node.cleanup.remove();
            assertThat(node.rows("UploadCountEntity")).isZero();
            assertThatCode(() -> node.upload(MediaNode.ALICE, "0123456789")).doesNotThrowAnyException();
        }
    }

    private static MatrixException rejection(ThrowingCallable call) {
        MatrixException rejection = catchThrowableOfType(MatrixException.class, call);
        assertThat(rejection).as("it is rejected").isNotNull();
        assertThat(rejection.code()).isEqualTo(ErrorCode.M_FORBIDDEN);
        return rejection;
    }
}
