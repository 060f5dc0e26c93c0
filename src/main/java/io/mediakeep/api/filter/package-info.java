/** Filters of requests and responses: authentication, limits, CORS, and what Jersey would misread. */
@NullMarked
package io.mediakeep.api.filter;

import org.jspecify.annotations.NullMarked;
