package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadQuotaTest {
    private static final String LARGEST = "9223372036854775807";
    private static final Duration HOUR = Duration.ofHours(1), DAY = Duration.ofDays(1);

    /** In the middle of a slot of an hour's window. */
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:30Z");

    private final UploadQuota stored = quota(bytes(100), files(3));

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 0, 100", "99, 2, 1", "100, 2, 0"})
    void acceptsWhatFits(long storedBytes, long storedFiles, long size) {
        assertThatCode(() -> stored.check(new Usage(storedBytes, storedFiles), Map.of(), size))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 101",
        "100, 1, 1",
        "0, 3, 0",
        "0, 4, 0",
        "101, 0, 0",
        LARGEST + ", 0, 1",
        "1, 0, " + LARGEST,
        LARGEST + ", 0, " + LARGEST
    })
    void rejectsWhatDoesNotFit(long storedBytes, long storedFiles, long size) {
        assertThat(rejection(stored, new Usage(storedBytes, storedFiles), Map.of(), size)
                        .retryAfter())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, " + LARGEST, "9223372036854775806, 9223372036854775806, 1"})
    void acceptsEverythingWithoutALimit(long storedBytes, long storedFiles, long size) {
        assertThatCode(() -> UploadQuota.UNLIMITED.check(new Usage(storedBytes, storedFiles), Map.of(), size))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheTimeWhenEnoughHasLeftThePeriod() {
        UploadQuota quota = quota(bytesIn(100, HOUR));
        long now = new SlidingWindow(HOUR, NOW).currentSlot();
        PeriodUsage uploaded = used(HOUR, Map.of(now - 59, 30L, now - 30, 50L, now, 10L));

        assertThatCode(() -> quota.check(Usage.NONE, Map.of(HOUR, uploaded), 10))
                .doesNotThrowAnyException();
        assertThat(rejection(quota, Usage.NONE, Map.of(HOUR, uploaded), 11).retryAfter())
                .as("the first leaves the window at the end of the next minute")
                .contains(Duration.ofSeconds(90));
        assertThat(rejection(quota, Usage.NONE, Map.of(HOUR, uploaded), 40).retryAfter())
                .contains(Duration.ofSeconds(90));
        assertThat(rejection(quota, Usage.NONE, Map.of(HOUR, uploaded), 41).retryAfter())
                .contains(Duration.ofSeconds(90).plusMinutes(29));
        assertThat(rejection(quota, Usage.NONE, Map.of(HOUR, uploaded), 100).retryAfter())
                .contains(Duration.ofSeconds(30).plusHours(1));
        assertThat(rejection(quota, Usage.NONE, Map.of(HOUR, uploaded), 101).retryAfter())
                .as("it never fits")
                .isEmpty();
    }

    @Test
    void theLongestOfSeveralTimesIsNamed() {
        UploadQuota quota = quota(filesIn(1, HOUR), filesIn(1, DAY), bytesIn(1000, HOUR));
        Map<Duration, PeriodUsage> uploaded = Map.of(
                HOUR, used(HOUR, Map.of(new SlidingWindow(HOUR, NOW).currentSlot(), 1L)),
                DAY, used(DAY, Map.of(new SlidingWindow(DAY, NOW).currentSlot(), 1L)));

        assertThat(quota.periods()).containsExactlyInAnyOrder(HOUR, DAY);
        assertThat(rejection(quota, Usage.NONE, uploaded, 1).retryAfter().orElseThrow())
                .isBetween(DAY, DAY.plus(DAY.dividedBy(60)));
    }

    @Test
    void aReachedLimitOnStorageHasNoTime() {
        UploadQuota quota = quota(filesIn(1, HOUR), files(1));
        PeriodUsage uploaded = used(HOUR, Map.of(new SlidingWindow(HOUR, NOW).currentSlot(), 1L));
        assertThat(rejection(quota, new Usage(1, 1), Map.of(HOUR, uploaded), 1).retryAfter())
                .isEmpty();
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        UploadQuotas quotas = new UploadQuotas(new QuotaSettings(List.of(
                new Rule("@admin:*", OptionalLong.empty(), List.of()),
                new Rule("@bot?:example.org", OptionalLong.of(50), List.of(files(7), bytesIn(40, HOUR))),
                new Rule("@*:example.org", OptionalLong.of(60), List.of()))));

        assertThat(quotas.of(new UserId("@admin:example.org")).maxSize(1000)).isEqualTo(1000);
        assertThat(quotas.of(new UserId("@bot1:example.org")).maxSize(1000)).isEqualTo(50);
        assertThat(quotas.of(new UserId("@bot1:example.org")).maxFittingSize(1000))
                .isEqualTo(40);
        assertThat(quotas.of(new UserId("@bot1:example.org")).maxFittingSize(30))
                .isEqualTo(30);
        assertThat(quotas.of(new UserId("@bot12:example.org")).maxSize(1000)).isEqualTo(60);
        assertThat(quotas.of(new UserId("@bot12:example.org")).isLimited()).isFalse();
        assertThat(quotas.of(new UserId("@carol:example.com"))).isSameAs(UploadQuota.UNLIMITED);
    }

    @Test
    void aWindowHoldsItsPeriodAndAtMostOneSlotMore() {
        for (Duration period : List.of(Duration.ofMinutes(1), Duration.ofMillis(61_001), HOUR, Duration.ofDays(366))) {
            SlidingWindow window = new SlidingWindow(period, NOW);
            Duration slot = Duration.ofMillis(window.slotMillis());
            Instant uploaded = NOW;
            Duration counted = Duration.between(uploaded, window.expiryOf(window.currentSlot()));
            assertThat(counted).isBetween(period, period.plus(slot.multipliedBy(2)));
            Instant last = uploaded.plus(counted).minusMillis(1);
            assertThat(new SlidingWindow(period, last).firstSlot()).isEqualTo(window.currentSlot());
            assertThat(new SlidingWindow(period, last.plusMillis(1)).firstSlot())
                    .isEqualTo(window.currentSlot() + 1);
        }
    }

    private static MatrixException rejection(
            UploadQuota quota, Usage stored, Map<Duration, PeriodUsage> uploaded, long size) {
        MatrixException rejection =
                catchThrowableOfType(MatrixException.class, () -> quota.check(stored, uploaded, size));
        assertThat(rejection).isNotNull();
        assertThat(rejection.code()).isEqualTo(ErrorCode.M_FORBIDDEN);
        assertThat(rejection.status()).isEqualTo(403);
        return rejection;
    }

    /** @param bytes of one file for each slot */
    private static PeriodUsage used(Duration period, Map<Long, Long> bytes) {
        TreeMap<Long, Usage> slots = new TreeMap<>();
        bytes.forEach((slot, size) -> slots.put(slot, new Usage(size, 1)));
        return new PeriodUsage(new SlidingWindow(period, NOW), slots);
    }

    private static UploadQuota quota(UsageLimit... limits) {
        return new UploadQuota(OptionalLong.empty(), List.of(limits));
    }

    private static UsageLimit bytes(long max) {
        return new UsageLimit(Unit.BYTES, max, Optional.empty());
    }

    private static UsageLimit files(long max) {
        return new UsageLimit(Unit.FILES, max, Optional.empty());
    }

    private static UsageLimit bytesIn(long max, Duration period) {
        return new UsageLimit(Unit.BYTES, max, Optional.of(period));
    }

    private static UsageLimit filesIn(long max, Duration period) {
        return new UsageLimit(Unit.FILES, max, Optional.of(period));
    }
}
