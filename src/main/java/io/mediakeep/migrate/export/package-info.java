/** Writes stored media as Synapse has it: files into its media store, rows into its database. */
@NullMarked
package io.mediakeep.migrate.export;

import org.jspecify.annotations.NullMarked;
