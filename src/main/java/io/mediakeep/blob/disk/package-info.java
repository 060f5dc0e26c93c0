/** Blobs as files on disk. */
@NullMarked
package io.mediakeep.blob.disk;

import org.jspecify.annotations.NullMarked;
