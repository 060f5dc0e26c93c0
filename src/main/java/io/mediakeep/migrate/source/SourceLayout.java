package io.mediakeep.migrate.source;

import io.mediakeep.blob.BlobId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The tables of a kind of server, and the names of its files. */
interface SourceLayout {

    /**
     * A {@code select} of all media, with the columns that {@link RowReader} reads. Its only parameters are server
     * names, as many as {@link #serverNames}.
     *
     * @param connection tells which optional columns there are
     */
    String select(Connection connection) throws SQLException;

    /** How often the name of the server is a parameter of {@link #select}. */
    int serverNames();

    /** The hash in a row; rejects what is none with {@link IllegalArgumentException}. */
    BlobId hash(String column);

    /** The name of an upload. */
    Optional<String> fileName(String column);

    /**
     * The path of the file below the media store. Nothing is known of the values: the path may lead out of the store.
     *
     * @param origin the server of the media
     * @param local whether it was uploaded to the server whose store this is
     * @param fileId what the row says about the file
     */
    String path(String origin, boolean local, String fileId);
}
