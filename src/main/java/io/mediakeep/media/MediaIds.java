package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes our own content URIs, which nobody can guess: 144 random bits in 24 characters. */
public final class MediaIds {
    private static final int BYTES = 18;

    private final ServerName home;
    private final RandomGenerator random;

    /** Ids of this server, from a cryptographic source of randomness. */
    public MediaIds(ServerName home, RandomGenerator random) {
        this.home = home;
        this.random = random;
    }

    public ServerName home() {
        return home;
    }

    public Mxc next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Mxc(home, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
