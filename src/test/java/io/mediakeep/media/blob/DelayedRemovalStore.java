package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.ForwardingStore;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A store that can delay the next removal. */
public final class DelayedRemovalStore extends ForwardingStore {
    private final AtomicReference<Hold> next = new AtomicReference<>(new Hold(false));

    public DelayedRemovalStore(BlobStore inner) {
        super(inner);
        next.get().release();
    }

    /**
     * Delays the next removal.
     *
     * @param done whether its blob is removed by then
     */
    public Hold delayNext(boolean done) {
        Hold hold = new Hold(done);
        next.set(hold);
        return hold;
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        Hold hold = next.get();
        if (hold.done) {
            super.delete(location);
        }
        hold.hold();
        if (!hold.done) {
            super.delete(location);
        }
    }

    /** A delayed removal, which waits until it is released. */
    public static final class Hold {
        private final boolean done;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold(boolean done) {
            this.done = done;
        }

        private void hold() throws IOException {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                throw new IOException(closed);
            }
        }

        /** Returns whether it was reached, within a minute. */
        boolean awaitReached() throws InterruptedException {
            return reached.await(1, TimeUnit.MINUTES);
        }

        void release() {
            released.countDown();
        }
    }
}
