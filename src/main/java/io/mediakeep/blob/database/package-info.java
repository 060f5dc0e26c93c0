/** Blobs as rows of chunks in the database. */
@NullMarked
package io.mediakeep.blob.database;

import org.jspecify.annotations.NullMarked;
