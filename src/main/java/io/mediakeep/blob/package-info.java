/** Stores bytes under the hash of their content, and receives them in spool files. */
@NullMarked
package io.mediakeep.blob;

import org.jspecify.annotations.NullMarked;
