package io.mediakeep.migrate.archive;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import java.util.Optional;

/**
 * Whose media is archived. Images of URL previews never are.
 *
 * @param uploader only what this user has uploaded
 * @param origin only media of this server
 */
public record ArchiveScope(Optional<UserId> uploader, Optional<ServerName> origin) {
    /** All media, also that of remote servers. */
    public static final ArchiveScope ALL = new ArchiveScope(Optional.empty(), Optional.empty());

    /** What a user has uploaded. */
    public static ArchiveScope of(UserId uploader) {
        return new ArchiveScope(Optional.of(uploader), Optional.empty());
    }

    /** All media of a server. */
    public static ArchiveScope of(ServerName origin) {
        return new ArchiveScope(Optional.empty(), Optional.of(origin));
    }
}
