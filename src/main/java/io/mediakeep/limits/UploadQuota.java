package io.mediakeep.limits;

import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The quota of a user: the maximum size of an upload, and limits on what is stored or was uploaded in a period. */
public final class UploadQuota {
    static final UploadQuota UNLIMITED = new UploadQuota(OptionalLong.empty(), List.of());

    private final OptionalLong maxSize;
    private final List<UsageLimit> limits;

    UploadQuota(OptionalLong maxSize, List<UsageLimit> limits) {
        this.maxSize = maxSize;
        this.limits = List.copyOf(limits);
    }

    /** The maximum size of an upload in bytes, at most {@code generalMax}. */
    public long maxSize(long generalMax) {
        return Math.min(generalMax, maxSize.orElse(generalMax));
    }

    /** The size in bytes up to which an upload fits into the quota of a user without any uploads. */
    public long maxFittingSize(long generalMax) {
        return limits.stream()
                .filter(limit -> limit.unit() == Unit.BYTES)
                .mapToLong(UsageLimit::max)
                .reduce(maxSize(generalMax), Math::min);
    }

    /** Whether there are limits, so that usage must be known. */
    public boolean isLimited() {
        return !limits.isEmpty();
    }

    /** The periods for which {@link #check} needs what was uploaded. */
    public Set<Duration> periods() {
        return limits.stream().flatMap(limit -> limit.period().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Rejects one more file of {@code size} bytes for a user with this usage.
     *
     * @param uploaded in each of the periods
     * @throws MatrixException 403 {@code M_FORBIDDEN}, with the time after which it is accepted if no more than that is
     *     needed
     */
    public void check(Usage stored, Map<Duration, PeriodUsage> uploaded, long size) {
        Duration wait = Duration.ZERO;
        for (UsageLimit limit : limits) {
            long room = limit.max() - (limit.unit() == Unit.BYTES ? size : 1);
            if (limit.period().isPresent() && room >= 0) {
                PeriodUsage usage =
                        Objects.requireNonNull(uploaded.get(limit.period().get()));
                wait = max(wait, usage.timeUntilAtMost(room, limit.unit()));
            } else if (room < stored.in(limit.unit())) {
                throw MatrixException.forbidden("The upload quota of this user is reached");
            }
        }
        if (!wait.isZero()) {
            throw MatrixException.quotaReached(wait);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
