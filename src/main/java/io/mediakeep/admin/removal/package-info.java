/** Removal of media: what administrators delete, and what is not retained. */
@NullMarked
package io.mediakeep.admin.removal;

import org.jspecify.annotations.NullMarked;
