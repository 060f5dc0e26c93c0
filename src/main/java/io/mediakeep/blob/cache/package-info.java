/** A cache of blobs on a local disk, in front of a store on another machine. */
@NullMarked
package io.mediakeep.blob.cache;

import org.jspecify.annotations.NullMarked;
