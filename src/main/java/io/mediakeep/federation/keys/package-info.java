/** The signing keys that other homeservers publish, fetched and cached. */
@NullMarked
package io.mediakeep.federation.keys;

import org.jspecify.annotations.NullMarked;
