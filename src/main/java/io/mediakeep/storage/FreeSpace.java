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
 * The room on the file systems that we write to. Of each a reserve is kept free, so that the database always can be
 * written to and opened: nothing that grows is accepted while less is free, nor until a quarter of it more is. How much is
 * free is read by {@link #measure}; what is received in between is subtracted.
 */
public final class FreeSpace {
    /** Room without end, for what is not on a disk. */
    public static final FreeSpace UNLIMITED = new FreeSpace(List.of());

    private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);

    private final List<WatchedSpace> spaces;

    private FreeSpace(List<WatchedSpace> spaces) {
        this.spaces = spaces;
    }

    /**
     * The room below folders, which exist.
     *
     * @param copies how many times what is received is written below each
     */
    public static FreeSpace of(StorageSettings settings, Map<Path, Integer> copies) {
        Map<FileStore, Integer> stores = new LinkedHashMap<>();
        copies.forEach((folder, count) -> {
            try {
                stores.merge(Files.getFileStore(folder), count, Integer::sum);
            } catch (IOException unknown) {
                log.warn("The free space of {} cannot be read: {}", folder, unknown.getMessage());
            }
        });
        return on(stores, settings);
    }

    static FreeSpace on(Map<FileStore, Integer> stores, StorageSettings settings) {
        List<WatchedSpace> spaces = new ArrayList<>();
        stores.forEach((store, count) -> watch(store, count, settings, spaces));
        return new FreeSpace(List.copyOf(spaces));
    }

    private static void watch(FileStore store, int copies, StorageSettings settings, List<WatchedSpace> spaces) {
        try {
            long reserve = settings.reserveOf(store.getTotalSpace());
            spaces.add(new WatchedSpace(store, reserve, copies));
        } catch (IOException unknown) {
            log.warn("The free space of {} cannot be read: {}", store, unknown.getMessage());
        }
    }

    /** Reads how much is free, and says in the log when it has become too little or enough again. */
    public void measure() {
        spaces.forEach(WatchedSpace::measure);
    }

    /**
     * Refuses what would take more room than there is.
     *
     * @param size in bytes, as far as it is known
     * @throws MatrixException 507
     */
    public void require(long size) {
        if (!hasRoomFor(size)) {
            throw StorageFailure.NO_SPACE.refusal();
        }
    }

    /** Whether so many bytes can be kept. */
    public boolean hasRoomFor(long size) {
        return spaces.stream().allMatch(space -> space.hasRoomFor(size));
    }

    /** Whether nothing that grows is accepted at present. */
    public boolean isLow() {
        return !hasRoomFor(0);
    }

    /**
     * Notes that bytes are about to be written.
     *
     * @throws MatrixException 507 when half of a reserve is used up, although nothing was begun since it was touched
     */
    public void written(long bytes) {
        for (WatchedSpace space : spaces) {
            space.written(bytes);
            if (!space.mayGoOn()) {
                throw StorageFailure.NO_SPACE.refusal();
            }
        }
    }

    /** Each file system that is watched. */
    public List<SpaceState> states() {
        return spaces.stream().map(WatchedSpace::state).toList();
    }
}
