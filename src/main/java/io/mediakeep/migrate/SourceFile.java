package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.FileRange;
import io.mediakeep.matrix.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Optional;

/** A file of another store, which is served from there. */
record SourceFile(Path file) implements BlobSource {

    /** The hash of its bytes, all of which are read. */
    BlobId hash() throws IOException {
        try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file), Sha256.newDigest())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new BlobId(HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
        }
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        return FileRange.open(file, offset, length);
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return Optional.of(file);
    }
}
