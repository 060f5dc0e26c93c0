package io.mediakeep.preview;

import io.mediakeep.matrix.PercentEncoding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sites whose pages are better described by asking another address of theirs (oEmbed, section 7). */
final class OEmbedProviders {
    private final List<Provider> providers;

    /** Those of the operator before those that everybody knows; nonsense is refused with {@link IllegalArgumentException}. */
    OEmbedProviders(List<String> operators) {
        this.providers = Stream.concat(operators.stream(), Resource.lines("oembed-providers.txt").stream())
                .map(Provider::parse)
                .toList();
    }

    /** Where the oEmbed answer about a page can be had, if its site is one of these. */
    Optional<WebUrl> answering(WebUrl page) {
        return providers.stream()
                .filter(provider -> provider.pages().matches(page.uri()))
                .findFirst()
                .flatMap(provider -> provider.about(page));
    }

    private record Provider(UrlPattern pages, WebUrl endpoint) {
        static Provider parse(String text) {
            String[] words = text.strip().split("\\s+", -1);
            Optional<WebUrl> endpoint = words.length == 2 ? WebUrl.parse(words[1]) : Optional.empty();
            return new Provider(
                    UrlPattern.parse(words[0]),
                    endpoint.orElseThrow(() -> new IllegalArgumentException("must be a pattern and a URL, such as"
                            + " https://video.example.org/* https://video.example.org/oembed")));
        }

        Optional<WebUrl> about(WebUrl page) {
            String joint = endpoint.uri().getRawQuery() == null ? "?" : "&";
            return WebUrl.parse(
                    endpoint + joint + "format=json&url=" + PercentEncoding.COMPONENT.encode(page.toString()));
        }
    }
}
