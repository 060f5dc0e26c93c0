/** JPEG files (ITU-T T.81, JFIF, Adobe's APP14): parsed here, decoded by the JDK. */
@NullMarked
package io.mediakeep.thumbnail.image.jpeg;

import org.jspecify.annotations.NullMarked;
