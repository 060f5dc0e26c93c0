package io.mediakeep.migrate.source;

/**
 * A row that cannot be imported as it is.
 *
 * @param subject the content URI, if that can be read
 * @param reason a sentence for operators
 */
public record UnreadableRow(String subject, String reason) implements SourceEntry {}
