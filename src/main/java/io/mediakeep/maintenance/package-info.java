/** Says when the housekeeping runs. */
@NullMarked
package io.mediakeep.maintenance;

import org.jspecify.annotations.NullMarked;
