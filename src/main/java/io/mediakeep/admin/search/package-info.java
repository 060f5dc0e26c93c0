/** Finds media for administrators, and adds up how much there is. */
@NullMarked
package io.mediakeep.admin.search;

import org.jspecify.annotations.NullMarked;
