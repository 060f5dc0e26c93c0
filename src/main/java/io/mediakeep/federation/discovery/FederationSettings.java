package io.mediakeep.federation.discovery;

import io.mediakeep.federation.signing.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How other homeservers are found and believed, and we by them.
 *
 * @param signingKeyFile the file of our homeserver's signing key, see {@link SigningKey#readFrom}; without one we ask
 *     other homeservers unsigned
 * @param nameServers whom to ask for addresses and services instead of the operating system: addresses with an optional
 *     port, IPv6 in brackets; tried in turn
 */
public record FederationSettings(Optional<Path> signingKeyFile, List<String> nameServers) {
    public static final FederationSettings DEFAULTS = new FederationSettings(Optional.empty(), List.of());

    /** Keeps its own copy of the list; refuses what is no address with {@link IllegalArgumentException}. */
    public FederationSettings {
        nameServers = List.copyOf(nameServers);
        nameServers.forEach(FederationSettings::checkNameServer);
    }

    /** The text again, or {@link IllegalArgumentException}. */
    public static String checkNameServer(String text) {
        DnsResolver.address(text);
        return text;
    }
}
