/** Long work that can be watched, survives a restart, and runs on one node. */
@NullMarked
package io.mediakeep.jobs;

import org.jspecify.annotations.NullMarked;
