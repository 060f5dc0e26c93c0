/** The embedded server's HTTP/1.1: framing, deadlines and limits that Grizzly does not have. */
@NullMarked
package io.mediakeep.app.http;

import org.jspecify.annotations.NullMarked;
