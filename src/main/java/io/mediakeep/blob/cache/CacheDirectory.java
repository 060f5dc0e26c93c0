package io.mediakeep.blob.cache;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.storage.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the cache: whole blobs, and those that are being filled. Together they have at most a configured size; the
 * least recently used ones are removed for others. They survive a restart.
 */
final class CacheDirectory implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(CacheDirectory.class);

    /** Bounds the memory for the entries to about 25 MB. */
    private static final int MAX_ENTRIES = 100_000;

    private final Path blobs;
    private final Path filling;
    private final long maxBytes;
    private final InstantSource clock;
    private final FileChannel lock;
    private final Map<BlobLocation, CacheEntry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    private CacheDirectory(Path root, long maxBytes, InstantSource clock, FileChannel lock) {
        this.blobs = root.resolve("blobs");
        this.filling = root.resolve("filling");
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * Opens a directory, which is created if it does not exist.
     *
     * @param maxBytes the maximum size of all files together
     * @throws IOException when it cannot be used, or another process uses it
     */
    static CacheDirectory open(Path root, long maxBytes, InstantSource clock) throws IOException {
        CacheDirectory directory = new CacheDirectory(root, maxBytes, clock, lock(root));
        try {
            PrivateFiles.createDirectories(directory.blobs);
            PrivateFiles.createDirectories(directory.filling);
            directory.removeUnfinished();
            directory.scan();
            return directory;
        } catch (IOException | RuntimeException failure) {
            directory.close();
            throw failure;
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        PrivateFiles.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // rejected below
        }
        channel.close();
        throw new IOException("the cache " + root + " is used by another process");
    }

    private void removeUnfinished() throws IOException {
        for (Path file : files(filling)) {
            Files.deleteIfExists(file);
        }
    }

    /** Finds the files of earlier processes. */
    private synchronized void scan() throws IOException {
        Map<BlobLocation, CacheEntry> found = new HashMap<>();
        for (Path file : files(blobs)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            location(file)
                    .ifPresent(location -> found.put(
                            location, new CacheEntry(attributes.size(), attributes.lastModifiedTime(), false)));
        }
        found.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().lastUse()))
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        used = found.values().stream().mapToLong(CacheEntry::size).sum();
        makeRoom(0);
    }

    private static Optional<BlobLocation> location(Path file) {
        try {
            return Optional.of(new BlobLocation(file.getFileName().toString()));
        } catch (IllegalArgumentException anotherFile) {
            return Optional.empty();
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The file of a blob, if it is cached. A damaged one is removed. */
    Optional<Path> find(BlobLocation location) {
        Optional<CacheEntry> entry = entry(location);
        Path file = file(location);
        try {
            if (entry.isPresent() && entry.get().isIntact(file, location, clock.instant())) {
                return Optional.of(file);
            }
        } catch (IOException unreadable) {
            log.debug("A cached blob cannot be read", unreadable);
        }
        if (entry.isPresent() && remove(location, entry.get())) {
            log.warn("The cached blob {} was damaged; it is read from the store again", location);
        }
        return Optional.empty();
    }

    private synchronized Optional<CacheEntry> entry(BlobLocation location) {
        return Optional.ofNullable(entries.get(location));
    }

    /** The file for a blob while it is filled. */
    Path fillingFile(BlobLocation location) {
        return filling.resolve(location.toString());
    }

    /** Reserves space for bytes that will be written, for which others are removed; false when there is none. */
    synchronized boolean reserve(long bytes) {
        boolean fits = bytes <= maxBytes && makeRoom(bytes);
        used += fits ? bytes : 0;
        return fits;
    }

    /** Returns reserved space. */
    synchronized void release(long bytes) {
        used -= bytes;
    }

    private synchronized boolean makeRoom(long bytes) {
        List<BlobLocation> oldest = new ArrayList<>();
        long remaining = used;
        for (Map.Entry<BlobLocation, CacheEntry> entry : entries.entrySet()) {
            if (remaining + bytes <= maxBytes && entries.size() - oldest.size() < MAX_ENTRIES) {
                break;
            }
            oldest.add(entry.getKey());
            remaining -= entry.getValue().size();
        }
        oldest.forEach(this::remove);
        return remaining + bytes <= maxBytes;
    }

    /**
     * Adds a blob, if its hash is right.
     *
     * @param file which is moved
     * @param size for which space is reserved
     * @param wanted checked at last, so that what is removed concurrently is not added
     * @return whether it was added
     */
    boolean add(BlobLocation location, Path file, long size, BooleanSupplier wanted) throws IOException {
        if (!CacheEntry.hasHash(file, location, size)) {
            log.warn("The blob {} is not cached: what was read is not what its hash says", location);
            return false;
        }
        CacheEntry entry = new CacheEntry(size, Files.getLastModifiedTime(file), true);
        PrivateFiles.createDirectories(directory(location));
        synchronized (this) {
            if (!wanted.getAsBoolean() || entries.containsKey(location)) {
                return false;
            }
            Files.move(file, file(location), StandardCopyOption.ATOMIC_MOVE);
            entries.put(location, entry);
            return true;
        }
    }

    /** Removes a blob, if it is cached. */
    synchronized void remove(BlobLocation location) {
        CacheEntry entry = entries.get(location);
        if (entry != null) {
            remove(location, entry);
        }
    }

    private synchronized boolean remove(BlobLocation location, CacheEntry entry) {
        if (!entries.remove(location, entry)) {
            return false;
        }
        used -= entry.size();
        try {
            Files.deleteIfExists(file(location));
        } catch (IOException failure) {
            log.warn("The cached blob {} could not be removed: {}", location, failure.toString());
        }
        return true;
    }

    /** The cached blobs, the least recently used first. */
    synchronized List<BlobLocation> locations() {
        return List.copyOf(entries.keySet());
    }

    /** The size of all files together in bytes. */
    synchronized long used() {
        return used;
    }

    private Path file(BlobLocation location) {
        return directory(location).resolve(location.toString());
    }

    private Path directory(BlobLocation location) {
        return blobs.resolve(location.toString().substring(0, 2));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
