/** Whether the server can serve: the state of each part that can fail. */
@NullMarked
package io.mediakeep.health;

import org.jspecify.annotations.NullMarked;
