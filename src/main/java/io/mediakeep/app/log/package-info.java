/** What is written to the log: on one line each, and never without limit. Logback finds these classes by logback.xml. */
@NullMarked
package io.mediakeep.app.log;

import org.jspecify.annotations.NullMarked;
