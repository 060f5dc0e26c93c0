package io.mediakeep.storage;

/**
 * The free space of a file system.
 *
 * @param name its mount point
 * @param free in bytes, as last read
 * @param reserve in bytes, below which data that grows is rejected
 * @param low whether data that grows is rejected at present
 */
public record SpaceState(String name, long free, long reserve, boolean low) {}
