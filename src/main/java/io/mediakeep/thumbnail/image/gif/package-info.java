/** GIF files (GIF89a), still and animated: parsed here, decoded by the JDK. */
@NullMarked
package io.mediakeep.thumbnail.image.gif;

import org.jspecify.annotations.NullMarked;
