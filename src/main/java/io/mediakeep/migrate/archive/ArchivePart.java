package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.content.Content;
import io.mediakeep.migrate.source.SourceRow;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One part of an archive, which is a whole tar file: the manifest, and each content once. */
public final class ArchivePart {
    private final List<ArchivedMedia> media;
    private final Optional<MediaPosition> next;
    private final BlobReader reader;

    ArchivePart(List<ArchivedMedia> media, Optional<MediaPosition> next, BlobReader reader) {
        this.media = List.copyOf(media);
        this.next = next;
        this.reader = reader;
    }

    /** A file of the archive. */
    public record File(String name, Instant modified, Content content) {

        /** What precedes the content. */
        public byte[] header() {
            return TarFile.header(name, content.size(), modified);
        }

        /** What follows the content. */
        public byte[] padding() {
            return TarFile.padding(content.size());
        }

        long size() {
            return header().length + content.size() + padding().length;
        }
    }

    /** The number of media items. */
    public int items() {
        return media.size();
    }

    /** The position that the next part follows; empty for the last part. */
    public Optional<MediaPosition> next() {
        return next;
    }

    /** The manifest as the first file, with its header. */
    public byte[] manifest() {
        byte[] json = Manifest.of(media);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(TarFile.header(TarFile.MANIFEST, json.length, Instant.EPOCH));
        file.writeBytes(json);
        file.writeBytes(TarFile.padding(json.length));
        return file.toByteArray();
    }

    /** The files after the manifest. */
    public List<File> files() {
        return contents().stream().map(this::file).toList();
    }

    private Collection<ArchivedMedia> contents() {
        Map<BlobId, ArchivedMedia> contents = new LinkedHashMap<>();
        media.stream().filter(item -> !item.damaged()).forEach(item -> contents.putIfAbsent(item.hash(), item));
        return contents.values();
    }

    private File file(ArchivedMedia item) {
        SourceRow row = item.row();
        return new File(
                row.path(),
                row.createdAt(),
                new Content(row.contentType(), Optional.empty(), row.size(), item.blob(), reader, false));
    }

    /** What follows the last file. */
    public byte[] end() {
        return TarFile.end();
    }

    /** The size in bytes, of the manifest too. */
    public long size() {
        return manifest().length + files().stream().mapToLong(File::size).sum() + end().length;
    }
}
