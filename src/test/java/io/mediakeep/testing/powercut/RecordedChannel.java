package io.mediakeep.testing.powercut;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.h2.store.fs.FileBase;

/** An open file whose changes are recorded. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the file needs no lock for what has a position
final class RecordedChannel extends FileBase {
    private final RecordedDisk disk;
    private final Path path;
    private final FileChannel file;

    RecordedChannel(RecordedDisk disk, Path path, FileChannel file) {
        this.disk = disk;
        this.path = path;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        int length = disk.write(path, file, source, file.position());
        file.position(file.position() + length);
        return length;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return disk.write(path, file, source, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.truncate(path, file, size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(path, file);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
