package io.mediakeep.app;

import io.mediakeep.blob.BlobSettings;
import io.mediakeep.config.Config;
import io.mediakeep.persistence.Ballast;
import io.mediakeep.persistence.DatabaseProgress;
import io.mediakeep.persistence.JournaledFilePath;
import io.mediakeep.persistence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder below which everything lies that is kept on this machine, unless configured otherwise. */
final class DataDirectory {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder and the embedded database's file, so that only our user can use them. What exists already loses
     * the permissions of other users; not so what lies elsewhere, where an operator may share it on purpose.
     *
     * @throws IOException when the folder cannot be made or not be written to
     */
    static void prepare(Config config) throws IOException {
        DataDirectory folder = new DataDirectory(config.dataDir());
        PrivateFiles.makeFolder(folder.root);
        Files.delete(Files.createTempFile(folder.root, "writable", ""));
        Optional<Path> database = config.database().file();
        if (database.isPresent() && database.get().startsWith(folder.root)) {
            PrivateFiles.makeFile(database.get());
        }
        folder.narrow(Stream.concat(Stream.of(folder.root), folder.contents(config, database))
                .toList());
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

    /** Beside its file H2 writes errors into another one. */
    private static Path traceOf(Path database) {
        return database.resolveSibling(database.getFileName().toString().replace(".mv.db", ".trace.db"));
    }

    private void narrow(List<Path> paths) {
        List<Path> narrowed = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (PrivateFiles.narrow(path)) {
                    narrowed.add(path);
                }
            } catch (IOException notOurs) {
                log.warn("Other users may use {}, which is not ours to change", path);
            }
        }
        if (!narrowed.isEmpty()) {
            log.warn("Other users could use {}; now only ours can", narrowed);
        }
    }
}
