/** The one door to other people's servers. */
@NullMarked
package io.mediakeep.outbound;

import org.jspecify.annotations.NullMarked;
