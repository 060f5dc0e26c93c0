package io.mediakeep.storage;

import java.util.OptionalLong;

/**
 * How much room is kept free.
 *
 * @param minFree in bytes; empty for {@link FreeSpace#defaultReserve a share} of each file system
 */
public record StorageSettings(OptionalLong minFree) {
    public static final StorageSettings DEFAULTS = new StorageSettings(OptionalLong.empty());
}
