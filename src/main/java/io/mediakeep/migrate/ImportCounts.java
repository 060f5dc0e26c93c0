package io.mediakeep.migrate;

import io.mediakeep.media.Adopted;
import java.util.concurrent.atomic.LongAdder;

/** What was imported on this node since its start. */
public final class ImportCounts {
    private final LongAdder adopted = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile long remaining;

    /** Nothing was imported yet. */
    public ImportCounts() {}

    void add(Adopted added) {
        adopted.add(added.added().size());
        bytes.add(added.bytes());
        failed.add(added.blocked().size() + added.withoutBlob().size());
    }

    void addFailed(int items) {
        failed.add(items);
    }

    void setRemaining(long rows) {
        remaining = rows;
    }

    /** The number of media items that were adopted. */
    public long adopted() {
        return adopted.sum();
    }

    /** Their total size in bytes. */
    public long bytes() {
        return bytes.sum();
    }

    /** How often an item could not be adopted. */
    public long failed() {
        return failed.sum();
    }

    /** The rows that the import had not read yet after its last batch on this node; 0 where they were not counted. */
    public long remaining() {
        return remaining;
    }
}
