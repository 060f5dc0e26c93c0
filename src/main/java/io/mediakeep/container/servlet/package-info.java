/** Requests and responses in a servlet container (Servlet 6, non-blocking I/O). */
@NullMarked
package io.mediakeep.container.servlet;

import org.jspecify.annotations.NullMarked;
