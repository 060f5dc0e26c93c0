/** Keeps bytes under the hash of their content. */
@NullMarked
package io.mediakeep.blob;

import org.jspecify.annotations.NullMarked;
