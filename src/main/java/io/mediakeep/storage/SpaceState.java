package io.mediakeep.storage;

/**
 * How much room a file system has.
 *
 * @param name of the file system, as its mount point
 * @param free in bytes, as last read
 * @param reserve in bytes, below which nothing that grows is accepted
 * @param low whether nothing that grows is accepted at present
 */
public record SpaceState(String name, long free, long reserve, boolean low) {}
