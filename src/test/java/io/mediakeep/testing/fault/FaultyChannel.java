package io.mediakeep.testing.fault;

import io.mediakeep.testing.disk.ForwardingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file whose writes and forces fail on request. A write that fails has written half of its bytes. */
final class FaultyChannel extends ForwardingChannel {
    private final FaultyDisk disk;

    FaultyChannel(FileChannel file, FaultyDisk disk) {
        super(file);
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            disk.check();
        } catch (IOException fault) {
            super.write(firstHalf(source));
            throw fault;
        }
        return super.write(source);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        try {
            disk.check();
        } catch (IOException fault) {
            super.write(firstHalf(source), position);
            throw fault;
        }
        return super.write(source, position);
    }

    private static ByteBuffer firstHalf(ByteBuffer source) {
        return source.slice(source.position(), source.remaining() / 2);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.check();
        super.force(metaData);
    }
}
