package io.mediakeep.api.synapse;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;

/** The users in paths, which must be local. */
public final class LocalUsers {
    private final ServerName localServer;

    /** The users of this server. */
    public LocalUsers(ServerName localServer) {
        this.localServer = localServer;
    }

    /**
     * The user with this id.
     *
     * @throws MatrixException 400 when it is malformed, or of another server
     */
    public UserId require(String userId) {
        UserId user = parsed(userId);
        if (!user.server().equals(localServer)) {
            throw MatrixException.badRequest("Can only look up local users");
        }
        return user;
    }

    /**
     * The user with this id, of any server.
     *
     * @throws MatrixException 400 when it is malformed
     */
    static UserId parsed(String userId) {
        try {
            return new UserId(userId);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.invalidParam("userId", "a user id");
        }
    }
}
