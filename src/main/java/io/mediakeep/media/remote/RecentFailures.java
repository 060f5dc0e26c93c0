package io.mediakeep.media.remote;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import java.time.Duration;

/** With what the fetches of a moment ago failed, so that the same is not tried again for each reader. */
final class RecentFailures {
    private static final int MOST_REMEMBERED = 20_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What may be there at any moment. */
    private static final Duration NOT_YET = Duration.ofSeconds(2);

    private final Cache<Mxc, MatrixException> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfter(Expiry.<Mxc, MatrixException>writing((mxc, refusal) -> durationOf(refusal)))
            .build();

    void remember(Mxc mxc, MatrixException refusal) {
        remembered.put(mxc, refusal);
    }

    /** To somebody who would wait so long: what has yet to come may come while he waits. */
    void throwAgain(Mxc mxc, Deadline patience) {
        MatrixException refusal = remembered.getIfPresent(mxc);
        if (refusal != null && (patience.passed() || refusal.code() != ErrorCode.M_NOT_YET_UPLOADED)) {
            throw refusal;
        }
    }

    private static Duration durationOf(MatrixException refusal) {
        Duration asked = refusal.code() == ErrorCode.M_NOT_YET_UPLOADED
                ? NOT_YET
                : refusal.retryAfter().orElse(LONGEST);
        return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
    }
}
