package io.mediakeep.preview;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The picture that stands for a page which names none: the one it marks, the largest it shows, its icon. */
final class PagePictures {
    /** Shorter sides belong to icons, arrows and counters. */
    private static final int SHORTEST_SIDE = 48;

    /** Longer shapes belong to banners and rulers. */
    private static final int MOST_STRETCHED = 5;

    private static final int MOST_LOOKED_AT = 500;
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,5})(?:px)?\\s*");
    private static final Pattern SIZES = Pattern.compile("([0-9]{1,4})[xX][0-9]{1,4}");

    private final Document page;
    private final Function<String, Optional<WebUrl>> link;

    /** @param link where a link on this page leads */
    PagePictures(Document page, Function<String, Optional<WebUrl>> link) {
        this.page = page;
        this.link = link;
    }

    /** The picture, if there is any. */
    Optional<WebUrl> best() {
        return marked().or(this::largest).or(this::first).or(this::icon);
    }

    private Optional<WebUrl> marked() {
        Stream<String> links =
                page.select("[itemprop~=(?i)^\\s*image\\s*$], link[rel~=(?i)^\\s*image_src\\s*$]").stream()
                        .limit(MOST_LOOKED_AT)
                        .flatMap(element -> Stream.of("content", "src", "href").map(element::attr));
        return firstOf(links);
    }

    private Optional<WebUrl> largest() {
        return firstOf(images().filter(image ->
                        shorter(image) >= SHORTEST_SIDE && longer(image) <= (long) MOST_STRETCHED * shorter(image))
                .sorted(Comparator.comparingLong((Element image) -> longer(image) * shorter(image))
                        .reversed())
                .flatMap(PagePictures::sources));
    }

    /** Of those that do not say how large they are. */
    private Optional<WebUrl> first() {
        return firstOf(images().filter(image -> side(image, "width") < 0 && side(image, "height") < 0)
                .flatMap(PagePictures::sources));
    }

    private Optional<WebUrl> icon() {
        return firstOf(
                page
                        .select("link[rel~=(?i)(^|\\s)(apple-touch-icon|apple-touch-icon-precomposed|icon)(\\s|$)]")
                        .stream()
                        .limit(MOST_LOOKED_AT)
                        .sorted(Comparator.comparingInt(PagePictures::iconSize).reversed())
                        .map(icon -> icon.attr("href")));
    }

    private Stream<Element> images() {
        return page.select("img").stream().limit(MOST_LOOKED_AT);
    }

    /** What is loaded later comes first: what is shown until then is a placeholder. */
    private static Stream<String> sources(Element image) {
        return Stream.of(
                image.attr("data-src"),
                image.attr("data-original"),
                SourceSet.largest(image.attr("data-srcset")),
                image.attr("src"),
                SourceSet.largest(image.attr("srcset")));
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

    /** In pixels, negative when it does not say. */
    private static long side(Element image, String name) {
        Matcher number = NUMBER.matcher(image.attr(name));
        return number.matches() ? Long.parseLong(number.group(1)) : -1;
    }

    /** Icons for home screens are larger than those for tabs, and say so or not. */
    private static int iconSize(Element icon) {
        Matcher sizes = SIZES.matcher(icon.attr("sizes"));
        if (sizes.find()) {
            return Integer.parseInt(sizes.group(1));
        }
        return icon.attr("rel").toLowerCase(Locale.ROOT).contains("apple-touch-icon") ? 180 : 16;
    }
}
