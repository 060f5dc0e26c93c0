/** Describes a web page in its author's words. */
@NullMarked
package io.mediakeep.preview;

import org.jspecify.annotations.NullMarked;
