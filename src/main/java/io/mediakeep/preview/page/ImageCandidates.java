package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Chooses the image of a page that declares none: a marked one, the largest, the icon. */
final class ImageCandidates {
    /** Images with a shorter side are icons, arrows and counters. */
    private static final int MIN_SIDE = 48;

    /** Images with a larger aspect ratio are banners and rulers. */
    private static final int MAX_ASPECT_RATIO = 5;

    private static final int MAX_IMAGES = 500;
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,5})(?:px)?\\s*");
    private static final Pattern SIZES = Pattern.compile("([0-9]{1,4})[xX][0-9]{1,4}");

    private final Document page;
    private final Function<String, Optional<WebUrl>> link;

    /** @param link resolves a link of the page */
    ImageCandidates(Document page, Function<String, Optional<WebUrl>> link) {
        this.page = page;
        this.link = link;
    }

    /** The URL of the best candidate, if there is one. */
    Optional<WebUrl> best() {
        return declared().or(this::largest).or(this::first).or(this::icon);
    }

    private Optional<WebUrl> declared() {
        Stream<String> links =
                page.select("[itemprop~=(?i)^\\s*image\\s*$], link[rel~=(?i)^\\s*image_src\\s*$]").stream()
                        .limit(MAX_IMAGES)
                        .flatMap(element -> Stream.of("content", "src", "href").map(element::attr));
        return firstOf(links);
    }

    private Optional<WebUrl> largest() {
        return firstOf(images().filter(image ->
                        shorter(image) >= MIN_SIDE && longer(image) <= (long) MAX_ASPECT_RATIO * shorter(image))
                .sorted(Comparator.comparingLong((Element image) -> longer(image) * shorter(image))
                        .reversed())
                .flatMap(ImageCandidates::sources));
    }

    /** The first image without declared dimensions. */
    private Optional<WebUrl> first() {
        return firstOf(images().filter(image -> side(image, "width") < 0 && side(image, "height") < 0)
                .flatMap(ImageCandidates::sources));
    }

    private Optional<WebUrl> icon() {
        return firstOf(
                page
                        .select("link[rel~=(?i)(^|\\s)(apple-touch-icon|apple-touch-icon-precomposed|icon)(\\s|$)]")
                        .stream()
                        .limit(MAX_IMAGES)
                        .sorted(Comparator.comparingInt(ImageCandidates::iconSize)
                                .reversed())
                        .map(icon -> icon.attr("href")));
    }

    private Stream<Element> images() {
        return page.select("img").stream().limit(MAX_IMAGES);
    }

    /** Sources for lazy loading come first: {@code src} is a placeholder then. */
    private static Stream<String> sources(Element image) {
        return Stream.of(
                image.attr("data-src"),
                image.attr("data-original"),
                Srcset.largest(image.attr("data-srcset")),
                image.attr("src"),
                Srcset.largest(image.attr("srcset")));
    }

    private Optional<WebUrl> firstOf(Stream<String> links) {
        return links.filter(href -> !href.isBlank())
                .flatMap(href -> link.apply(href).stream())
                .findFirst();
    }

    private static long shorter(Element image) {
        return Math.min(side(image, "width"), side(image, "height"));
    }

    private static long longer(Element image) {
        return Math.max(side(image, "width"), side(image, "height"));
    }

    /** In pixels, negative when not declared. */
    private static long side(Element image, String name) {
        Matcher number = NUMBER.matcher(image.attr(name));
        return number.matches() ? Long.parseLong(number.group(1)) : -1;
    }

    /** The declared size, otherwise the usual size of the kind of icon. */
    private static int iconSize(Element icon) {
        Matcher sizes = SIZES.matcher(icon.attr("sizes"));
        if (sizes.find()) {
            return Integer.parseInt(sizes.group(1));
        }
        return icon.attr("rel").toLowerCase(Locale.ROOT).contains("apple-touch-icon") ? 180 : 16;
    }
}
