/** Which requests may be made to other servers: URLs, addresses, headers, limits per site. */
@NullMarked
package io.mediakeep.outbound;

import org.jspecify.annotations.NullMarked;
