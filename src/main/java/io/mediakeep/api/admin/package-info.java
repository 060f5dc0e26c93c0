/** {@code /_mediakeep/…}: the operator's endpoints. */
@NullMarked
package io.mediakeep.api.admin;

import org.jspecify.annotations.NullMarked;
