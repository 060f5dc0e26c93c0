/** Sees to it that rows and bytes fit together. */
@NullMarked
package io.mediakeep.integrity;

import org.jspecify.annotations.NullMarked;
