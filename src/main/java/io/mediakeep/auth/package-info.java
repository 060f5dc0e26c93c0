/** Who is calling? */
@NullMarked
package io.mediakeep.auth;

import org.jspecify.annotations.NullMarked;
