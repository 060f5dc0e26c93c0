package io.mediakeep.matrix;

/**
 * A user, {@code @localpart:server} (Matrix specification, appendices, "User Identifiers"). At most 255 characters.
 * Historical user ids hold more than today's grammar allows, so only the frame is checked, and that nothing in it
 * could break a log line.
 */
public record UserId(String value) {
    private static final int LONGEST = 255;

    /** Refuses what is not a user id with {@link IllegalArgumentException}. */
    public UserId {
        int colon = value.indexOf(':');
        boolean framed = value.startsWith("@") && colon > 0 && ServerName.isValid(value.substring(colon + 1));
        if (!framed || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a user id");
        }
    }

    /** The homeserver whose user it is. */
    public ServerName server() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
