/** Consistency of rows and blobs: pairing of database and blob store, and periodic verification of blobs. */
@NullMarked
package io.mediakeep.integrity;

import org.jspecify.annotations.NullMarked;
