package io.mediakeep.testing.powercut;

import io.mediakeep.testing.disk.ForwardingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An open file whose changes are recorded. */
final class RecordedChannel extends ForwardingChannel {
    private final RecordedDisk disk;
    private final Path path;

    RecordedChannel(RecordedDisk disk, Path path, FileChannel file) {
        super(file);
        this.disk = disk;
        this.path = path;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        int length = disk.write(path, file(), source, position());
        position(position() + length);
        return length;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return disk.write(path, file(), source, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.truncate(path, file(), size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(path, file());
    }
}
