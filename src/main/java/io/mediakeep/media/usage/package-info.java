/** The usage of each user, stored and uploaded in periods, and the check of quotas against it. */
@NullMarked
package io.mediakeep.media.usage;

import org.jspecify.annotations.NullMarked;
