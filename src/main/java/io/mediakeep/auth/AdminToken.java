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

/** The administrator's token, generated at the first start and stored in a file that only this user may read. */
public final class AdminToken {
    private static final int BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43,}");

    private AdminToken() {}

    /**
     * The token in the file, which is generated if it does not exist.
     *
     * @throws IOException when the file cannot be read or created, is not a regular file of this user, or does not
     *     contain a token
     */
    public static FixedToken storedIn(Path file, ServerName server, RandomGenerator random) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            create(file, random);
        }
        requireOwner(currentUser(file), file);
        String token = Files.readString(file).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException(
                    file + " does not contain an access token; delete it, and a new one is created at the next start");
        }
        return new FixedToken(token, new UserId("@admin:" + server), true, false);
    }

    /** A file that was created by another user is rejected, since that user knows the token. */
    static void requireOwner(UserPrincipal user, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    file + " is not a regular file; delete it, and a new one is created at the next start");
        }
        UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(user)) {
            throw new IOException(file + " belongs to " + owner.getName() + " and this server runs as " + user.getName()
                    + "; delete it, and a new one is created at the next start");
        }
    }

    /** The owner of new files; the JDK has no other way to determine the current user. */
    private static UserPrincipal currentUser(Path file) throws IOException {
        Path probe = Files.createTempFile(file.toAbsolutePath().getParent(), "owner", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Creates the file atomically; a temporary file is readable by its owner only from the beginning. */
    private static void create(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "admin-token", "");
        try {
            Files.writeString(temporary, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
