package io.mediakeep.testing.fault;

import io.mediakeep.testing.disk.Disk;
import io.mediakeep.testing.disk.Disks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk whose operations fail: one of them, or all from the n-th on until it is mended. What is counted is opening, writing,
 * forcing, and making or renaming files and directories. Reading what is open does not fail, nor does removing.
 */
public final class FaultyDisk implements Disk, AutoCloseable {
    private final Fault fault;
    private long calls;
    private long firstFailing = Long.MAX_VALUE;
    private long lastFailing = Long.MAX_VALUE;
    private boolean failed;

    /** What is wrong with it, as the operating system words it. */
    public enum Fault {
        /** Opening a file to read it does not fail, and is not counted. */
        NO_SPACE("No space left on device"),
        IO_ERROR("Input/output error");

        private final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    /** The disk of a directory, which does not fail yet. */
    public FaultyDisk(Path folder, Fault fault) throws IOException {
        this.fault = fault;
        Disks.intercept(folder, this);
    }

    /** From now on so many calls go well, and all later ones fail. */
    public void failAfter(long more) {
        fail(more, Long.MAX_VALUE);
    }

    /** From now on so many calls go well, one fails, and the others go well again. */
    public void failOnceAfter(long more) {
        fail(more, 1);
    }

    private synchronized void fail(long more, long failures) {
        firstFailing = calls + more + 1;
        lastFailing = failures == Long.MAX_VALUE ? failures : firstFailing + failures - 1;
        failed = false;
    }

    /** From now on nothing fails; answers whether anything has since that was last set. */
    public synchronized boolean mend() {
        firstFailing = Long.MAX_VALUE;
        return failed;
    }

    /** Counts a call that is about to be made. */
    synchronized void check() throws IOException {
        calls++;
        if (calls >= firstFailing && calls <= lastFailing) {
            failed = true;
            throw new IOException(fault.message);
        }
    }

    @Override
    public FileChannel open(Path file, boolean forWriting, Opening opening) throws IOException {
        if (forWriting || fault != Fault.NO_SPACE) {
            check();
        }
        return new FaultyChannel(opening.open(), this);
    }

    @Override
    public void change(Operation operation, Path path, Path target, Change change) throws IOException {
        boolean changesNothing = operation == Operation.CREATE_FOLDER && Files.exists(path);
        if (operation != Operation.DELETE && !changesNothing) {
            check();
        }
        change.make();
    }

    @Override
    public void close() {
        Disks.release(this);
    }
}
