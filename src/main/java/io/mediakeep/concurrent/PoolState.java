package io.mediakeep.concurrent;

/**
 * The state of a bounded executor, for metrics.
 *
 * @param active the running tasks
 * @param max how many tasks run at once
 * @param queued the tasks that wait
 * @param rejected the tasks that were rejected since the start of the process
 */
public record PoolState(int active, int max, int queued, long rejected) {}
