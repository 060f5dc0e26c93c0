package io.mediakeep.outbound;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the operator moved the borders for requests to other people's servers.
 *
 * @param deniedNetworks addresses and networks (CIDR) that are denied beside everything that is not public
 * @param allowedNetworks addresses and networks (CIDR) that are allowed whatever they are; stronger than the denied ones
 * @param trustedCertificates a PEM file of certificate authorities that are believed beside those of the Java runtime
 */
public record OutboundSettings(
        List<String> deniedNetworks, List<String> allowedNetworks, Optional<Path> trustedCertificates) {
    public static final OutboundSettings DEFAULTS = new OutboundSettings(List.of(), List.of(), Optional.empty());

    /** Keeps its own copies of the lists. */
    public OutboundSettings {
        deniedNetworks = List.copyOf(deniedNetworks);
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
