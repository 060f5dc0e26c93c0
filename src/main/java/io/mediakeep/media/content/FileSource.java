package io.mediakeep.media.content;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A region of a file. It is sent to a socket without a copy in this process ({@link FileChannel#transferTo}). */
final class FileSource implements ByteSource {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final long end;
    private long position;

    private FileSource(Path file, FileChannel channel, long start, long end) {
        this.file = file;
        this.channel = channel;
        this.position = start;
        this.end = end;
    }

    /**
     * Opens {@code length} bytes of a file from {@code start} on.
     *
     * @throws java.nio.file.NoSuchFileException when the file does not exist
     */
    @SuppressWarnings("resource") // closed with the source
    static FileSource open(Path file, long start, long length) throws IOException {
        return new FileSource(file, FileChannel.open(file, StandardOpenOption.READ), start, start + length);
    }

    /** The size of the whole file in bytes. */
    long fileSize() throws IOException {
        return channel.size();
    }

    @Override
    public long available() {
        return end - position;
    }

    @Override
    public boolean ended() {
        return position == end;
    }

    @Override
    public long sendTo(WritableByteChannel target, long max) throws IOException {
        long wanted = Math.min(max, available());
        long sent =
                target instanceof SocketChannel ? channel.transferTo(position, wanted, target) : copyTo(target, wanted);
        if (sent == 0 && !ended() && position >= channel.size()) {
            throw new EOFException("the file " + file.getFileName() + " is shorter than it was");
        }
        position += sent;
        return sent;
    }

    /** {@link FileChannel#transferTo} copies in pieces of 8 KiB, each of which wakes a thread of the container. */
    private long copyTo(WritableByteChannel target, long max) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, max));
        if (channel.read(piece, position) <= 0) {
            return 0;
        }
        return target.write(piece.flip());
    }

    @Override
    public void whenAvailable(Runnable action) {
        action.run();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
