package io.mediakeep.outbound;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Exceptions to the address policy, and additional trusted certificates.
 *
 * @param deniedNetworks addresses and networks (CIDR) that are denied in addition to all that are not public
 * @param allowedNetworks addresses and networks (CIDR) that are allowed in any case; they take precedence over denied
 *     ones
 * @param trustedCertificates a PEM file of certificate authorities that are trusted in addition to those of the Java
 *     runtime
 */
public record OutboundSettings(
        List<String> deniedNetworks, List<String> allowedNetworks, Optional<Path> trustedCertificates) {
    public static final OutboundSettings DEFAULTS = new OutboundSettings(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public OutboundSettings {
        deniedNetworks = List.copyOf(deniedNetworks);
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
