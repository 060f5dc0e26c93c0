/** Concurrency: deadlines, fair limits, thread pools, shared results. */
@NullMarked
package io.mediakeep.concurrent;

import org.jspecify.annotations.NullMarked;
