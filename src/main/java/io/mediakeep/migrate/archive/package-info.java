/** Archives of media: tar files with a manifest in JSON. */
@NullMarked
package io.mediakeep.migrate.archive;

import org.jspecify.annotations.NullMarked;
