package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A region of a file as a stream. It has no buffer: each read goes to the file. */
public final class FileRange extends InputStream {
    private final FileChannel channel;
    private long position;
    private long remaining;

    private FileRange(FileChannel channel, long offset, long length) {
        this.channel = channel;
        this.position = offset;
        this.remaining = length;
    }

    /**
     * Opens a file at an offset for at most {@code length} bytes.
     *
     * @throws java.nio.file.NoSuchFileException when the file does not exist
     * @throws IllegalArgumentException when a number is negative
     */
    @SuppressWarnings("resource") // closed with the stream
    public static FileRange open(Path file, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("a range cannot be negative");
        }
        return new FileRange(FileChannel.open(file, StandardOpenOption.READ), offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int max = (int) Math.min(length, remaining);
        int read = max == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, start, max), position);
        if (read > 0) {
            position += read;
            remaining -= read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
