package io.mediakeep.maintenance;

/**
 * How a periodic job is doing.
 *
 * @param name what it does
 * @param failures how many of its last runs failed in a row; 0 when the last one went well, or there was none
 */
public record JobState(String name, int failures) {}
