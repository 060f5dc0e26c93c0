package io.mediakeep.migrate.source;

/** What a row of a source is. */
public sealed interface SourceEntry permits SourceRow, UnreadableRow {}
