package io.mediakeep.preview.url;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Query parameters that identify where a link was followed, and have no effect on the page. */
public final class TrackingParameters {
    private static final Set<String> NAMES =
            Set.of("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl");

    private TrackingParameters() {}

    /** The URL without them, so that it is fetched and cached once. */
    public static WebUrl removeFrom(WebUrl url) {
        String query = url.uri().getRawQuery();
        if (query == null) {
            return url;
        }
        String remaining = Arrays.stream(query.split("&", -1))
                .filter(parameter -> !tracks(parameter.split("=", 2)[0]))
                .collect(Collectors.joining("&"));
        String page = url.toString().substring(0, url.toString().indexOf('?'));
        return WebUrl.parse(remaining.isEmpty() ? page : page + "?" + remaining).orElse(url);
    }

    private static boolean tracks(String name) {
        return name.startsWith("utm_") || NAMES.contains(name);
    }
}
