package io.mediakeep.media.content;

import io.mediakeep.media.Media;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of a remote fetch for one reader, from the first, as they are received. */
final class RemoteFetchSource implements ByteSource {
    private final RemoteFetch fetch;
    private @Nullable FileChannel channel;
    private @Nullable ByteSource storedSource;
    private long position;

    RemoteFetchSource(RemoteFetch fetch) {
        this.fetch = fetch;
    }

    @Override
    public long available() throws IOException {
        long sendable = fetch.bytesBeyond(position);
        if (sendable == 0 || open()) {
            return sendable;
        }
        fetch.rethrowFailure();
        return 0;
    }

    /** Opens the spool file while it exists; afterwards the bytes are in the store, or the fetch has failed. */
    boolean open() throws IOException {
        if (channel == null && storedSource == null) {
            Optional<Media> media = fetch.media();
            if (media.isPresent()) {
                storedSource = fetch.content(media.get()).source(0, media.get().size());
            } else if (fetch.file().isPresent()) {
                channel = channel(fetch.file().get());
            }
        }
        return channel != null || storedSource != null;
    }

    /** The writer removes the file before it reports its failure. */
    private static @Nullable FileChannel channel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException removed) {
            return null;
        }
    }

    @Override
    public boolean ended() {
        return fetch.endsAt(position);
    }

    @Override
    public long sendTo(WritableByteChannel target, long max) throws IOException {
        long wanted = Math.min(max, available());
        long sent = 0;
        if (storedSource != null) {
            sent = storedSource.sendTo(target, wanted);
        } else if (channel != null) {
            sent = channel.transferTo(position, wanted, target);
        }
        position += sent;
        return sent;
    }

    @Override
    public void whenAvailable(Runnable action) {
        fetch.whenBeyond(position, action);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (storedSource != null) {
            storedSource.close();
        }
    }
}
