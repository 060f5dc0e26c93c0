package io.mediakeep.migrate;

import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceRow;

/** A row, and the source that it is in. */
record SourceItem(ImportSource source, SourceRow row) {}
