/** Metrics for Prometheus, on a listener of their own. */
@NullMarked
package io.mediakeep.metrics;

import org.jspecify.annotations.NullMarked;
