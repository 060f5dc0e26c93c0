package io.mediakeep.storage;

import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free space of the file systems that are written to. A reserve is kept free on each, so that the database can
 * always be written to and opened: while less is free, data that grows is rejected, until a quarter of the reserve more
 * is free. The free space is read by {@link #measure}; bytes received in between are subtracted.
 */
public final class FreeSpace {
    /** Unlimited space, for what is not on a disk. */
    public static final FreeSpace UNLIMITED = new FreeSpace(List.of());

    private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);

    private final List<FileStoreSpace> spaces;

    private FreeSpace(List<FileStoreSpace> spaces) {
        this.spaces = spaces;
    }

    /**
     * The space below directories, which exist.
     *
     * @param copies how many copies of received data are written below each
     */
    public static FreeSpace of(StorageSettings settings, Map<Path, Integer> copies) {
        Map<FileStore, Integer> stores = new LinkedHashMap<>();
        copies.forEach((directory, count) -> {
            try {
                stores.merge(Files.getFileStore(directory), count, Integer::sum);
            } catch (IOException unknown) {
                log.warn("The free space of {} cannot be read: {}", directory, unknown.getMessage());
            }
        });
        return on(stores, settings);
    }

    static FreeSpace on(Map<FileStore, Integer> stores, StorageSettings settings) {
        List<FileStoreSpace> spaces = new ArrayList<>();
        stores.forEach((store, count) -> add(store, count, settings, spaces));
        return new FreeSpace(List.copyOf(spaces));
    }

    private static void add(FileStore store, int copies, StorageSettings settings, List<FileStoreSpace> spaces) {
        try {
            long reserve = settings.reserveOf(store.getTotalSpace());
            spaces.add(new FileStoreSpace(store, reserve, copies));
        } catch (IOException unknown) {
            log.warn("The free space of {} cannot be read: {}", store, unknown.getMessage());
        }
    }

    /** Reads the free space, and logs when it falls below the reserve or recovers. */
    public void measure() {
        spaces.forEach(FileStoreSpace::measure);
    }

    /**
     * Rejects what would need more space than there is.
     *
     * @param size in bytes, as far as it is known
     * @throws MatrixException 507
     */
    public void require(long size) {
        if (!hasRoomFor(size)) {
            throw StorageFailure.NO_SPACE.toException();
        }
    }

    /** Whether so many bytes can be stored. */
    public boolean hasRoomFor(long size) {
        return spaces.stream().allMatch(space -> space.hasRoomFor(size));
    }

    /** Whether data that grows is rejected at present. */
    public boolean isLow() {
        return !hasRoomFor(0);
    }

    /**
     * Records bytes that are about to be written.
     *
     * @throws MatrixException 507 when half of a reserve is used up by writes that had begun before it was reached
     */
    public void written(long bytes) {
        for (FileStoreSpace space : spaces) {
            space.written(bytes);
            if (!space.mayContinue()) {
                throw StorageFailure.NO_SPACE.toException();
            }
        }
    }

    /** The state of each file system. */
    public List<SpaceState> states() {
        return spaces.stream().map(FileStoreSpace::state).toList();
    }
}
