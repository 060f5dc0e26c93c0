/** The rows that stand for stored blobs, the references to them, and their removal. */
@NullMarked
package io.mediakeep.media.blob;

import org.jspecify.annotations.NullMarked;
