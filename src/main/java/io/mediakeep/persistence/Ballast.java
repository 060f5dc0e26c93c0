package io.mediakeep.persistence;

import io.mediakeep.storage.StorageSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that takes up room beside the embedded database, and is removed when others have filled the disk: in its room the
 * database can be opened, and deletions and access times can be written.
 */
public final class Ballast {
    private static final Logger log = LoggerFactory.getLogger(Ballast.class);

    /** In bytes, and as a part of a small file system: less than the half of the reserve that is never used up. */
    private static final long LARGEST = 8L << 20, LARGEST_PART = 32;

    private static final int PIECE = 1 << 16;

    private final Path file;
    private final StorageSettings settings;

    /** The ballast of a database in this file, whose folder exists. */
    public Ballast(Path database, StorageSettings settings) {
        this.file = of(database);
        this.settings = settings;
    }

    /** The file that is the ballast of a database in a file. */
    public static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + ".ballast");
    }

    /** Removes the file when there is no more room than it takes, and makes it when there is room to spare. */
    public void adjust() {
        try {
            FileStore store = Files.getFileStore(file.getParent());
            long size = Math.min(LARGEST, store.getTotalSpace() / LARGEST_PART);
            long free = store.getUsableSpace();
            if (Files.exists(file)) {
                if (free < size) {
                    Files.delete(file);
                    log.warn("The disk of the database is full; {} was removed so that it can be written to", file);
                }
            } else if (free > 2 * settings.reserveOf(store.getTotalSpace()) + size) {
                fill(size);
            }
        } catch (IOException failure) {
            log.debug("The ballast cannot be adjusted: {}", failure.getMessage());
        }
    }

    /** With bytes that no file system can compress. */
    private void fill(long size) throws IOException {
        SplittableRandom random = new SplittableRandom();
        byte[] piece = new byte[PIECE];
        PrivateFiles.makeFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (channel.position() < size) {
                random.nextBytes(piece);
                channel.write(ByteBuffer.wrap(piece));
            }
        } catch (IOException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }
}
