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
    private static final long LEAST_RESERVE = 256L << 20, LARGEST_RESERVE = 5L << 30;

    /** By what a file system is divided for its reserve: usually, and at most on a small one. */
    private static final int USUAL_PART = 100, LARGEST_PART = 8;

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
            long reserve = settings.minFree().orElse(defaultReserve(store.getTotalSpace()));
            spaces.add(new WatchedSpace(store, reserve, copies));
        } catch (IOException unknown) {
            log.warn("The free space of {} cannot be read: {}", store, unknown.getMessage());
        }
    }

    /**
     * What is kept free where nobody said: the larger of 256 MiB and 1 % of the file system, at most 5 GiB, and at most an
     * eighth of a small one.
     *
     * @param total the size of the file system in bytes
     */
    static long defaultReserve(long total) {
        long usual = Math.min(LARGEST_RESERVE, Math.max(LEAST_RESERVE, total / USUAL_PART));
        return Math.min(usual, total / LARGEST_PART);
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
