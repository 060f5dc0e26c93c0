/** Resolves the names of homeservers, and sends requests to where they are. */
@NullMarked
package io.mediakeep.federation.discovery;

import org.jspecify.annotations.NullMarked;
