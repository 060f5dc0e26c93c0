package io.mediakeep.app;

import io.mediakeep.blob.BlobSettings;
import io.mediakeep.config.Config;
import io.mediakeep.persistence.Ballast;
import io.mediakeep.persistence.DatabaseProgress;
import io.mediakeep.persistence.journal.JournaledFilePath;
import io.mediakeep.storage.PrivateFiles;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory for all data that is stored on this machine, unless configured otherwise. */
public final class DataDirectory {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

    /** In bytes: what an embedded database takes at its first start. */
    private static final long NEW_DATABASE = 4L << 20;

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /**
     * Creates the directory and the file of the embedded database, accessible by this user only. Existing files lose
     * the permissions of other users, except outside of the directory, where an operator may share them on purpose.
     *
     * @throws IOException when the directory cannot be created or written to, or has no space for a new database
     */
    public static void prepare(Config config) throws IOException {
        DataDirectory directory = new DataDirectory(config.dataDir());
        PrivateFiles.createDirectories(directory.root);
        directory.requireWritable();
        Optional<Path> database = config.database().file();
        if (database.isPresent() && database.get().startsWith(directory.root)) {
            directory.requireSpaceFor(database.get());
            PrivateFiles.createFile(database.get());
        }
        directory.removePermissions(Stream.concat(Stream.of(directory.root), directory.contents(config, database))
                .toList());
    }

    /** Except on a full disk, from which stored media can be served. */
    private void requireWritable() throws IOException {
        try {
            Files.delete(Files.createTempFile(root, "writable", ""));
        } catch (IOException failure) {
            if (StorageFailure.of(failure).isEmpty()) {
                throw failure;
            }
            log.warn("{} cannot be written to for now: {}", root, failure.getMessage());
        }
    }

    private void requireSpaceFor(Path database) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < NEW_DATABASE && (!Files.exists(database) || Files.size(database) == 0)) {
            throw new IOException("a new database needs " + (NEW_DATABASE >> 20) + " MiB in " + root + ", which has "
                    + (free >> 10) + " KiB left; free some space, or set data-dir to another disk");
        }
    }

    private Stream<Path> contents(Config config, Optional<Path> database) {
        Stream<Path> own = Stream.of("admin-token", "spool").map(root::resolve);
        Stream<Path> h2 = database.stream()
                .flatMap(file -> Stream.of(
                        file,
                        beside(file, JournaledFilePath.JOURNAL_SUFFIX),
                        beside(file, DatabaseProgress.SUFFIX),
                        traceOf(file),
                        Ballast.of(file)));
        Stream<Path> blobs = config.blobs() instanceof BlobSettings.Disk disk
                ? Stream.of(disk.root(), disk.root().resolve("spool"))
                : Stream.empty();
        return Stream.of(own, h2, blobs).flatMap(paths -> paths).filter(path -> path.startsWith(root));
    }

    private static Path beside(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    /** The file beside the database into which H2 writes errors. */
    private static Path traceOf(Path database) {
        return database.resolveSibling(database.getFileName().toString().replace(".mv.db", ".trace.db"));
    }

    private void removePermissions(List<Path> paths) {
        List<Path> changed = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (PrivateFiles.restrict(path)) {
                    changed.add(path);
                }
            } catch (IOException notPermitted) {
                log.warn("Other users have access to {}, whose permissions cannot be changed", path);
            }
        }
        if (!changed.isEmpty()) {
            log.warn("Other users had access to {}; their permissions were removed", changed);
        }
    }
}
