package io.mediakeep.preview;

import io.mediakeep.preview.url.UrlPattern;
import java.net.URI;
import java.util.List;

/** The {@code User-Agent} by host: some sites return more to user agents that they know. */
final class UserAgents {
    private final String standard;
    private final List<HostOverride> overrides;

    /**
     * The default and overrides, each a pattern for hosts, a space and the user agent; {@link IllegalArgumentException}
     * for invalid ones.
     */
    UserAgents(String standard, List<String> overrides) {
        this.standard = standard;
        this.overrides = overrides.stream().map(HostOverride::parse).toList();
    }

    /** The {@code User-Agent} for a URL. */
    String forUrl(URI url) {
        return overrides.stream()
                .filter(special -> special.hosts().matches(url))
                .findFirst()
                .map(HostOverride::name)
                .orElse(standard);
    }

    private record HostOverride(UrlPattern hosts, String name) {
        static HostOverride parse(String text) {
            String[] parts = text.strip().split("\\s+", 2);
            if (parts.length != 2 || parts[1].chars().anyMatch(character -> character < ' ' || character > '~')) {
                throw new IllegalArgumentException(
                        "must be a pattern for hosts and a user agent in ASCII, such as *.example.org ExampleBot/1.0");
            }
            return new HostOverride(UrlPattern.parse(parts[0]), parts[1]);
        }
    }
}
