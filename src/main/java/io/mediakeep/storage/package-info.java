/** Free space, private files, and the failures of disk and database. */
@NullMarked
package io.mediakeep.storage;

import org.jspecify.annotations.NullMarked;
