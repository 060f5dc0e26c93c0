package io.mediakeep.federation.discovery;

import io.mediakeep.federation.signing.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How homeservers are discovered, and how requests to them are signed.
 *
 * @param signingKeyFile the file of the homeserver's signing key, see {@link SigningKey#readFrom}; without one requests
 *     are not signed
 * @param nameServers DNS servers to use instead of those of the operating system: addresses with an optional port, IPv6
 *     in brackets; tried in turn
 */
public record FederationSettings(Optional<Path> signingKeyFile, List<String> nameServers) {
    public static final FederationSettings DEFAULTS = new FederationSettings(Optional.empty(), List.of());

    /** Copies the list; rejects invalid addresses with {@link IllegalArgumentException}. */
    public FederationSettings {
        nameServers = List.copyOf(nameServers);
        nameServers.forEach(FederationSettings::checkNameServer);
    }

    /** Returns a valid address; rejects others with {@link IllegalArgumentException}. */
    public static String checkNameServer(String text) {
        DnsResolver.address(text);
        return text;
    }
}
