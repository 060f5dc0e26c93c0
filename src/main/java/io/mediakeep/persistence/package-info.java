/** Opens, commits and closes. */
@NullMarked
package io.mediakeep.persistence;

import org.jspecify.annotations.NullMarked;
