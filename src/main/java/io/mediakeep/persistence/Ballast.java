package io.mediakeep.persistence;

import io.mediakeep.storage.PrivateFiles;
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
 * A ballast file beside the embedded database, removed when the disk is full: the freed space lets the database be
 * opened, and deletions and access times be written.
 */
public final class Ballast {
    private static final Logger log = LoggerFactory.getLogger(Ballast.class);

    /**
     * The maximum size, and the divisor of a small file system: less than the half of the reserve that is never used.
     */
    private static final long MAX_BYTES = 8L << 20, MIN_DIVISOR = 32;

    private static final int PIECE = 1 << 16;

    private final Path file;
    private final StorageSettings settings;

    /** The ballast of a database file, whose directory exists. */
    public Ballast(Path database, StorageSettings settings) {
        this.file = of(database);
        this.settings = settings;
    }

    /** The ballast file of a database file. */
    public static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + ".ballast");
    }

    /** Removes the file when less space than it takes is free, and creates it when there is space to spare. */
    public void adjust() {
        try {
            FileStore store = Files.getFileStore(file.getParent());
            long size = Math.min(MAX_BYTES, store.getTotalSpace() / MIN_DIVISOR);
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

    /** With random bytes, which no file system can compress. */
    private void fill(long size) throws IOException {
        SplittableRandom random = new SplittableRandom();
        byte[] piece = new byte[PIECE];
        PrivateFiles.createFile(file);
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
