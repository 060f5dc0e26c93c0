/** Moves requests and responses between a container and Jersey, without a thread for each slow client. */
@NullMarked
package io.mediakeep.container;

import org.jspecify.annotations.NullMarked;
