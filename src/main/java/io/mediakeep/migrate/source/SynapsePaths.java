package io.mediakeep.migrate.source;

/** The paths of files below the media store of Synapse. Nothing is known of ids: a path may lead out of the store. */
public final class SynapsePaths {
    private SynapsePaths() {}

    /** What was uploaded. */
    public static String local(String mediaId) {
        return "local_content/" + sharded(mediaId);
    }

    /** The copy of another server's media. */
    public static String remote(String origin, String filesystemId) {
        return "remote_content/" + origin + "/" + sharded(filesystemId);
    }

    static String sharded(String id) {
        return id.length() <= 4 ? id : id.substring(0, 2) + "/" + id.substring(2, 4) + "/" + id.substring(4);
    }
}
