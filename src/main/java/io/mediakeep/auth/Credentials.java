package io.mediakeep.auth;

import java.util.Optional;

/**
 * What a client says of itself. It does not print its token.
 *
 * @param userId as whom an application service acts (Application Service API, "Identity assertion"), as it was sent
 */
public record Credentials(String token, Optional<String> userId) {
    @Override
    public String toString() {
        return "Credentials[" + userId + "]";
    }
}
