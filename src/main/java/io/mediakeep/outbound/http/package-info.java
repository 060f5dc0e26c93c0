/** The HTTP client for requests to other servers: connections, timeouts, size limits, decompression. */
@NullMarked
package io.mediakeep.outbound.http;

import org.jspecify.annotations.NullMarked;
