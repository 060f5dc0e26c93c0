package io.mediakeep.media.blob;

import io.mediakeep.concurrent.Workers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * The memory and threads by which blobs are read ahead from a store on another machine, in pieces of {@value
 * #PIECE_BYTES} bytes. When all memory is used, the pieces of clients that do not read are dropped, and read again when
 * they do; what cannot be read then waits in a queue, which has at most one entry for each response.
 */
public final class ReadAhead implements AutoCloseable {
    /** The maximum length of a piece. */
    public static final int PIECE_BYTES = 1 << 20;

    private static final int MAX_THREADS = 32;

    /** The part of the heap that pieces may use, as its divisor, and the minimum and maximum number of pieces. */
    private static final int HEAP_DIVISOR = 16, MIN_PIECES = 8, MAX_PIECES = 256;

    private final ExecutorService threads = Workers.named("read-ahead", MAX_THREADS);
    private final int maxPieces;
    private final Queue<Read> waiting = new ArrayDeque<>();
    private final Set<Piece> parked = new LinkedHashSet<>();
    private int used;

    /** Uses a sixteenth of the heap. */
    public ReadAhead() {
        this((int) Math.max(
                MIN_PIECES, Math.min(MAX_PIECES, Runtime.getRuntime().maxMemory() / HEAP_DIVISOR / PIECE_BYTES)));
    }

    /** @param maxPieces the maximum number of pieces in memory */
    public ReadAhead(int maxPieces) {
        this.maxPieces = maxPieces;
    }

    /**
     * Reads a piece that is required now. It stays in memory until it is parked or released.
     *
     * @param bytes reads it; may block
     */
    public CompletableFuture<Piece> read(Callable<byte[]> bytes) {
        Read read = new Read(bytes, false);
        List<Read> admitted;
        synchronized (this) {
            waiting.add(read);
            admitted = admitted();
        }
        admitted.forEach(this::start);
        return read.piece;
    }

    /** Reads a piece in advance, if there is memory for it. It is parked from the beginning. */
    public Optional<CompletableFuture<Piece>> readInAdvance(Callable<byte[]> bytes) {
        synchronized (this) {
            if (used >= maxPieces || !waiting.isEmpty()) {
                return Optional.empty();
            }
            used++;
        }
        Read read = new Read(bytes, true);
        start(read);
        return Optional.of(read.piece);
    }

    /** Under the lock: removes those from the queue for which there is memory, or can be. */
    private List<Read> admitted() {
        List<Read> admitted = new ArrayList<>();
        while (!waiting.isEmpty() && (used < maxPieces || dropEldest())) {
            used++;
            admitted.add(waiting.remove());
        }
        return admitted;
    }

    private boolean dropEldest() {
        Iterator<Piece> eldest = parked.iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        eldest.next().drop();
        eldest.remove();
        used--;
        return true;
    }

    private void start(Read read) {
        try {
            threads.execute(() -> run(read));
        } catch (RejectedExecutionException closed) {
            free();
            read.piece.completeExceptionally(closed);
        }
    }

    private void run(Read read) {
        if (read.piece.isDone()) { // cancelled
            free();
            return;
        }
        Piece piece;
        try {
            piece = new Piece(ByteBuffer.wrap(read.bytes.call()));
        } catch (Exception | Error failure) {
            free();
            read.piece.completeExceptionally(failure);
            return;
        }
        if (read.inAdvance) {
            piece.park();
        }
        if (!read.piece.complete(piece)) {
            piece.release();
        }
    }

    private void free() {
        List<Read> admitted;
        synchronized (this) {
            used--;
            admitted = admitted();
        }
        admitted.forEach(this::start);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A piece that is being read, or waits for memory. */
    private static final class Read {
        final Callable<byte[]> bytes;
        final boolean inAdvance;
        final CompletableFuture<Piece> piece = new CompletableFuture<>();

        Read(Callable<byte[]> bytes, boolean inAdvance) {
            this.bytes = bytes;
            this.inAdvance = inAdvance;
        }
    }

    /** Bytes in memory. While it is parked, it may be dropped. */
    public final class Piece {
        private ByteBuffer bytes;
        private boolean counted = true;

        private Piece(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        /** The bytes that are not used yet; empty when it was dropped. */
        public ByteBuffer bytes() {
            return bytes;
        }

        /** Ends parking; false when the piece was dropped. */
        public boolean take() {
            synchronized (ReadAhead.this) {
                parked.remove(this);
                return counted;
            }
        }

        /** Permits that the piece is dropped. */
        public void park() {
            List<Read> admitted;
            synchronized (ReadAhead.this) {
                if (counted) {
                    parked.add(this);
                }
                admitted = admitted();
            }
            admitted.forEach(ReadAhead.this::start);
        }

        /** Releases the memory. */
        public void release() {
            synchronized (ReadAhead.this) {
                parked.remove(this);
                if (!counted) {
                    return;
                }
                drop();
            }
            free();
        }

        private void drop() {
            counted = false;
            bytes = ByteBuffer.allocate(0);
        }
    }
}
