/** Content as it is sent: complete, or still being fetched from its origin. */
@NullMarked
package io.mediakeep.media.content;

import org.jspecify.annotations.NullMarked;
