package io.mediakeep.media.remote;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import java.time.Duration;

/** The failures of recent fetches, so that each reader does not cause a new attempt. */
final class RecentFailures {
    private static final int MAX_CACHED = 20_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    /** Content that may be uploaded at any moment. */
    private static final Duration NOT_YET_UPLOADED_AGE = Duration.ofSeconds(2);

    private final Cache<Mxc, MatrixException> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfter(Expiry.<Mxc, MatrixException>writing((mxc, failure) -> ageOf(failure)))
            .build();

    void record(Mxc mxc, MatrixException failure) {
        cache.put(mxc, failure);
    }

    /**
     * Throws the failure of a recent fetch. Content that was not uploaded yet is fetched again for a request that can
     * wait, since it may be uploaded meanwhile.
     */
    void rethrow(Mxc mxc, Deadline deadline) {
        MatrixException failure = cache.getIfPresent(mxc);
        if (failure != null && (deadline.passed() || failure.code() != ErrorCode.M_NOT_YET_UPLOADED)) {
            throw failure;
        }
    }

    private static Duration ageOf(MatrixException failure) {
        Duration age = failure.code() == ErrorCode.M_NOT_YET_UPLOADED
                ? NOT_YET_UPLOADED_AGE
                : failure.retryAfter().orElse(MAX_AGE);
        return age.compareTo(MAX_AGE) < 0 ? age : MAX_AGE;
    }
}
