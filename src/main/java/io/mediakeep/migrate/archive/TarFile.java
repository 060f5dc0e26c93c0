package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/** What is around the content of a file in a tar archive. */
final class TarFile {
    static final String MANIFEST = "manifest.json";
    static final String CONTENT = "content/";

    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    private TarFile() {}

    /** The name of the file with some content. */
    static String contentName(BlobId hash) {
        return CONTENT + hash;
    }

    /**
     * The header of a file. Sizes from 8 GiB on have the form that GNU tar and star have introduced.
     *
     * @param size of the file in bytes
     */
    static byte[] header(String name, long size, Instant modified) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(FileTime.from(modified));
        byte[] header = new byte[RECORD];
        try {
            entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
        } catch (IOException unencodable) {
            throw new UncheckedIOException(unencodable);
        }
        return header;
    }

    /** What fills the last record of a file of this size. */
    static byte[] padding(long size) {
        return new byte[(int) ((RECORD - size % RECORD) % RECORD)];
    }

    /** The end of an archive: two empty records. */
    static byte[] end() {
        return new byte[2 * RECORD];
    }
}
