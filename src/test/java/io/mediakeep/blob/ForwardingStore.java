package io.mediakeep.blob;

import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that forwards to another one, with methods that tests override. */
public class ForwardingStore implements BlobStore {
    private final BlobStore inner;

    /** Forwards to this one. */
    public ForwardingStore(BlobStore inner) {
        this.inner = inner;
    }

    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        inner.put(spool, location);
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        return inner.open(location, offset, length);
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return inner.file(location);
    }

    @Override
    public boolean isRemote() {
        return inner.isRemote();
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        inner.delete(location);
    }

    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        return inner.list(after, max);
    }

    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        return inner.identity();
    }

    @Override
    public void identify(StoreIdentity identity) throws IOException {
        inner.identify(identity);
    }

    @Override
    public boolean isEmpty() throws IOException {
        return inner.isEmpty();
    }
}
