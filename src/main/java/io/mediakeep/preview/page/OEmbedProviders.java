package io.mediakeep.preview.page;

import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.preview.url.UrlPattern;
import io.mediakeep.preview.url.WebUrl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sites whose pages are described by a known oEmbed endpoint (oEmbed, section 7). */
public final class OEmbedProviders {
    private final List<Provider> providers;

    /** The configured providers before the built-in ones; {@link IllegalArgumentException} for invalid ones. */
    public OEmbedProviders(List<String> operators) {
        this.providers = Stream.concat(operators.stream(), ResourceTable.lines("oembed-providers.txt").stream())
                .map(Provider::parse)
                .toList();
    }

    /** The URL of the oEmbed response for a page, if its site is one of these. */
    public Optional<WebUrl> endpoint(WebUrl page) {
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
