package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Generates content URIs that cannot be guessed: 144 random bits in 24 characters. */
public final class MediaIds {
    private static final int BYTES = 18;

    private final ServerName localServer;
    private final RandomGenerator random;

    /** URIs of this server. */
    public MediaIds(ServerName localServer, RandomGenerator random) {
        this.localServer = localServer;
        this.random = random;
    }

    /** The server of the URIs. */
    public ServerName localServer() {
        return localServer;
    }

    /** A new content URI. */
    public Mxc next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Mxc(localServer, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
