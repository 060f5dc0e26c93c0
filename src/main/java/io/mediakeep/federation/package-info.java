/** Media of other homeservers, fetched as the server-server API says. */
@NullMarked
package io.mediakeep.federation;

import org.jspecify.annotations.NullMarked;
