package io.mediakeep.auth;

import java.util.Optional;

/**
 * The credentials of a request. Their text form does not contain the token.
 *
 * @param userId the user an application service acts as (Application Service API, "Identity assertion"), as it was sent
 */
public record Credentials(String token, Optional<String> userId) {
    @Override
    public String toString() {
        return "Credentials[" + userId + "]";
    }
}
