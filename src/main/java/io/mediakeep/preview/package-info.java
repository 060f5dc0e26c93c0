/** URL previews: Open Graph metadata of web pages, and the image that shows them. */
@NullMarked
package io.mediakeep.preview;

import org.jspecify.annotations.NullMarked;
