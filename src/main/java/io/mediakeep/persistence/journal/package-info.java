/** A write-ahead journal below H2's database file, which survives crashes and power cuts. */
@NullMarked
package io.mediakeep.persistence.journal;

import org.jspecify.annotations.NullMarked;
