package io.mediakeep.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The free space of one file system: as last read, less what was written since. */
final class FileStoreSpace {
    private static final Logger log = LoggerFactory.getLogger(FileStoreSpace.class);

    /** As a part of the reserve: how much more must be free before data is accepted again. */
    private static final long HYSTERESIS = 4;

    private final FileStore store;
    private final long reserve;

    /** How many copies of received data are written here. */
    private final int copies;

    private final AtomicLong writtenSince = new AtomicLong();
    private volatile long read;
    private volatile boolean low;

    FileStoreSpace(FileStore store, long reserve, int copies) throws IOException {
        this.store = store;
        this.reserve = reserve;
        this.copies = copies;
        this.read = store.getUsableSpace();
        this.low = read < reserve;
        if (low) {
            report();
        }
    }

    /** Reads the free space. If that fails the last value stays: writing will fail then. */
    void measure() {
        try {
            long written = writtenSince.get();
            read = store.getUsableSpace();
            writtenSince.addAndGet(-written);
        } catch (IOException failure) {
            log.debug("The free space of {} could not be read: {}", store, failure.getMessage());
        }
        boolean before = low;
        low = free() < reserve + (before ? reserve / HYSTERESIS : 0);
        if (low != before) {
            report();
        }
    }

    private void report() {
        if (low) {
            log.warn(
                    "{} has only {} MiB of free space: uploads are rejected until {} MiB are free; stored media is served",
                    store,
                    free() >> 20,
                    (reserve + reserve / HYSTERESIS) >> 20);
        } else {
            log.info("{} has {} MiB of free space: uploads are accepted again", store, free() >> 20);
        }
    }

    void written(long bytes) {
        writtenSince.addAndGet(bytes);
    }

    /** Whether so many bytes can be received without using the reserve. */
    boolean hasRoomFor(long size) {
        return !low && (copies == 0 || size <= (free() - reserve) / copies);
    }

    /** Whether a body in transfer may continue: it may use half of the reserve. */
    boolean mayContinue() {
        return free() >= reserve / 2;
    }

    private long free() {
        return read - writtenSince.get() * copies;
    }

    SpaceState state() {
        return new SpaceState(store.toString(), free(), reserve, low);
    }
}
