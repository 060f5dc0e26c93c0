package io.mediakeep.preview;

import java.net.URI;
import java.util.List;

/** By which name we go: some sites say more to a name that they know. */
final class UserAgents {
    private final String usual;
    private final List<Special> specials;

    /**
     * The usual name and those for certain hosts, each a pattern for hosts, a blank and the name; nonsense is refused with
     * {@link IllegalArgumentException}.
     */
    UserAgents(String usual, List<String> specials) {
        this.usual = usual;
        this.specials = specials.stream().map(Special::parse).toList();
    }

    /** The {@code User-Agent} for an address. */
    String at(URI url) {
        return specials.stream()
                .filter(special -> special.hosts().matches(url))
                .findFirst()
                .map(Special::name)
                .orElse(usual);
    }

    private record Special(UrlPattern hosts, String name) {
        static Special parse(String text) {
            String[] parts = text.strip().split("\\s+", 2);
            if (parts.length != 2 || parts[1].chars().anyMatch(character -> character < ' ' || character > '~')) {
                throw new IllegalArgumentException(
                        "must be a pattern for hosts and a user agent in ASCII, such as *.example.org ExampleBot/1.0");
            }
            return new Special(UrlPattern.parse(parts[0]), parts[1]);
        }
    }
}
