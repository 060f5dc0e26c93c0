/** PNG files (W3C PNG, third edition): parsed here, decoded by the JDK. */
@NullMarked
package io.mediakeep.thumbnail.image.png;

import org.jspecify.annotations.NullMarked;
