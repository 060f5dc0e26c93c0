package io.mediakeep.fuzz;

import java.time.Duration;

/**
 * The limits for one input.
 *
 * @param bytes the maximum number of bytes allocated on the heap, garbage included
 * @param time the maximum processor time, which does not depend on the load of the machine
 */
public record Limits(long bytes, Duration time) {}
