/** What all endpoints have in common: annotations, query parameters, properties of a request. */
@NullMarked
package io.mediakeep.api;

import org.jspecify.annotations.NullMarked;
