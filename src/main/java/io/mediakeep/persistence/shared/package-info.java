/** Rows by which nodes coordinate: leases, and the identities of database and blob store. */
@NullMarked
package io.mediakeep.persistence.shared;

import org.jspecify.annotations.NullMarked;
