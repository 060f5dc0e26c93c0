package io.mediakeep.migrate.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Tar files in memory. */
public final class TarBytes {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** An empty one. */
    public TarBytes() {}

    /** A part of an archive, as it is sent. */
    public static byte[] of(ArchivePart part) throws IOException {
        TarBytes all = new TarBytes();
        all.tar.writeBytes(part.manifest());
        for (ArchivePart.File file : part.files()) {
            all.tar.writeBytes(file.header());
            try (InputStream content = file.content().open(0, file.content().size())) {
                content.transferTo(all.tar);
            }
            all.tar.writeBytes(file.padding());
        }
        return all.end();
    }

    /** Adds a file. */
    public TarBytes file(String name, byte[] content) {
        tar.writeBytes(TarFile.header(name, content.length, Instant.EPOCH));
        tar.writeBytes(content);
        tar.writeBytes(TarFile.padding(content.length));
        return this;
    }

    /** The bytes. */
    public byte[] end() {
        tar.writeBytes(TarFile.end());
        return tar.toByteArray();
    }
}
