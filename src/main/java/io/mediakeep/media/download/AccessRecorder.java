package io.mediakeep.media.download;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Media;
import java.time.Clock;
import java.util.function.DoubleConsumer;

/** Records accesses to stored media: when the last one was, and how old the media is. */
public final class AccessRecorder {
    private static final double MILLISECONDS_PER_SECOND = 1000;

    private final LastAccesses<Mxc> accesses;
    private final DoubleConsumer ages;
    private final Clock clock;

    /** @param ages is called with the age of the media in seconds */
    public AccessRecorder(LastAccesses<Mxc> accesses, DoubleConsumer ages, Clock clock) {
        this.accesses = accesses;
        this.ages = ages;
        this.clock = clock;
    }

    /** Records an access now. */
    void record(Media media) {
        accesses.record(media.mxc());
        ages.accept((clock.millis() - media.createdAt().toEpochMilli()) / MILLISECONDS_PER_SECOND);
    }
}
