/** Uploads, reserved content URIs, and the removal of what uploads leave unused. */
@NullMarked
package io.mediakeep.media.upload;

import org.jspecify.annotations.NullMarked;
