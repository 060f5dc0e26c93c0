package io.mediakeep.testing.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * When the changes of the files below a folder fail: from the n-th call on, until it is mended. Reading does not fail, nor
 * does removing, which needs no room.
 */
public final class Faults implements AutoCloseable {
    private static final List<Faults> OPEN = new CopyOnWriteArrayList<>();

    private final Path root;
    private final String message;
    private long calls;
    private long failsFrom = Long.MAX_VALUE;

    /** @param message as the operating system words it */
    public Faults(Path root, String message) throws IOException {
        this.root = root.toRealPath();
        this.message = message;
        OPEN.add(this);
    }

    static Faults of(Path file) {
        return OPEN.stream()
                .filter(faults -> file.toAbsolutePath().startsWith(faults.root))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " is below no folder with faults"));
    }

    /** From now on so many calls go well, and all later ones fail. */
    public synchronized void failAfter(long more) {
        failsFrom = calls + more + 1;
    }

    /** From now on nothing fails; answers whether anything has. */
    public synchronized boolean mend() {
        boolean failed = calls >= failsFrom;
        failsFrom = Long.MAX_VALUE;
        return failed;
    }

    /** Counts a call that changes something, which is about to be made. */
    synchronized void check() throws IOException {
        if (++calls >= failsFrom) {
            throw new IOException(message);
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
    }
}
