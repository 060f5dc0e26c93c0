/** The database: connections, schema migrations, transactions, and announcements between nodes. */
@NullMarked
package io.mediakeep.persistence;

import org.jspecify.annotations.NullMarked;
