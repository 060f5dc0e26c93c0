package io.mediakeep.auth;

import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The token of an administrator, made at the first start and kept in a file that only we may read. */
public final class AdminToken {
    private static final int BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43,}");

    private AdminToken() {}

    /**
     * The token in the file, which is made if there is none.
     *
     * @throws IOException when the file cannot be read or made, is not a plain file of our user, or holds something else
     */
    public static FixedToken keptIn(Path file, ServerName server, RandomGenerator random) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            make(file, random);
        }
        refuseUnlessOwnedBy(ourUser(file), file);
        String token = Files.readString(file).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException(file + " does not hold an access token; delete it to have a new one made");
        }
        return new FixedToken(token, new UserId("@admin:" + server), true, false);
    }

    /** Whoever planted the file knows the token in it. */
    static void refuseUnlessOwnedBy(UserPrincipal user, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a plain file; delete it to have a new one made");
        }
        UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(user)) {
            throw new IOException(file + " belongs to " + owner.getName() + " and not to " + user.getName()
                    + ", who runs this server; delete it to have a new one made");
        }
    }

    /** The owner of what we make; a name or number of our user is not to be had from the JDK. */
    private static UserPrincipal ourUser(Path file) throws IOException {
        Path probe = Files.createTempFile(file.toAbsolutePath().getParent(), "owner", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Whole or not at all; a temporary file is readable by its owner alone from the beginning. */
    private static void make(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "admin-token", "");
        try {
            Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
