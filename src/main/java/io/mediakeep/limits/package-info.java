/** Rate limits, quotas, and the client addresses that they are counted by. */
@NullMarked
package io.mediakeep.limits;

import org.jspecify.annotations.NullMarked;
