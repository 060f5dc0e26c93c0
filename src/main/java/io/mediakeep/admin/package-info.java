/** What an operator can do. */
@NullMarked
package io.mediakeep.admin;

import org.jspecify.annotations.NullMarked;
