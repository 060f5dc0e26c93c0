package io.mediakeep.testing.fault;

import io.mediakeep.testing.disk.Disk;
import io.mediakeep.testing.disk.Disks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk whose operations fail: one of them, or all from the n-th on until it is repaired. Counted are opening, writing
 * and forcing files, and creating or renaming files and directories. Reading open files and removing files do not fail.
 */
public final class FaultyDisk implements Disk, AutoCloseable {
    private final Fault fault;
    private long calls;
    private long firstFailing = Long.MAX_VALUE;
    private long lastFailing = Long.MAX_VALUE;
    private boolean failed;

    /** The error, as the operating system words it. */
    public enum Fault {
        /** Opening a file for reading does not fail, and is not counted. */
        NO_SPACE("No space left on device"),
        IO_ERROR("Input/output error");

        private final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    /** The disk of a directory, without failures at first. */
    public FaultyDisk(Path directory, Fault fault) throws IOException {
        this.fault = fault;
        Disks.intercept(directory, this);
    }

    /** Lets a number of calls succeed from now on, and all later ones fail. */
    public void failAfter(long more) {
        fail(more, Long.MAX_VALUE);
    }

    /** Lets a number of calls succeed from now on, one fail, and all later ones succeed. */
    public void failOnceAfter(long more) {
        fail(more, 1);
    }

    private synchronized void fail(long more, long failures) {
        firstFailing = calls + more + 1;
        lastFailing = failures == Long.MAX_VALUE ? failures : firstFailing + failures - 1;
        failed = false;
    }

    /** Lets all calls succeed from now on; returns whether any has failed since the last setting. */
    public synchronized boolean repair() {
        firstFailing = Long.MAX_VALUE;
        return failed;
    }

    /** Counts a call before it is made. */
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
        boolean changesNothing = operation == Operation.CREATE_DIRECTORY && Files.exists(path);
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
