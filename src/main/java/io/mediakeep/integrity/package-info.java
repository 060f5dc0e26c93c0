/** Consistency of rows and blobs: pairing of database and blob store, verification, and the move from one store to another. */
@NullMarked
package io.mediakeep.integrity;

import org.jspecify.annotations.NullMarked;
