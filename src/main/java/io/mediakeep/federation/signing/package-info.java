/** Signing keys, signed requests and canonical JSON of the server-server API. */
@NullMarked
package io.mediakeep.federation.signing;

import org.jspecify.annotations.NullMarked;
