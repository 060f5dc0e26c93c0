package io.mediakeep.fuzz;

import java.time.Duration;

/**
 * What one input may cost.
 *
 * @param bytes the most that may be allocated on the heap, garbage included
 * @param time the most processor time, a bound that a busy machine does not move
 */
public record Limits(long bytes, Duration time) {}
