/** Turns content, JSON and errors into HTTP responses. */
@NullMarked
package io.mediakeep.api.response;

import org.jspecify.annotations.NullMarked;
