/** The command line: the main class, and the commands beside the server. */
@NullMarked
package io.mediakeep.app.command;

import org.jspecify.annotations.NullMarked;
