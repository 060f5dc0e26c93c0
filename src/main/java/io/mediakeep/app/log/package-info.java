/** What operators read: log lines, escaped and limited in number (configured in logback.xml), and why a start failed. */
@NullMarked
package io.mediakeep.app.log;

import org.jspecify.annotations.NullMarked;
