package io.mediakeep.matrix;

/**
 * A user id, {@code @localpart:server} (Matrix specification, appendices, "User Identifiers"). At most 255 characters.
 * Historical user ids contain more than today's grammar allows, so only the structure is checked, and that it contains
 * no control characters, which could break a log line.
 */
public record UserId(String value) {
    private static final int MAX_LENGTH = 255;

    /** Rejects what is not a user id with {@link IllegalArgumentException}. */
    public UserId {
        int colon = value.indexOf(':');
        boolean wellFormed = value.startsWith("@") && colon > 0 && ServerName.isValid(value.substring(colon + 1));
        if (!wellFormed || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a user id");
        }
    }

    /** The homeserver of the user. */
    public ServerName server() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
