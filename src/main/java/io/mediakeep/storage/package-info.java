/** Whether there is room, and what is wrong when the disk or the database fails. */
@NullMarked
package io.mediakeep.storage;

import org.jspecify.annotations.NullMarked;
