package io.mediakeep.testing;

import java.util.List;

/** A page that repeats a construct to cost its parser memory and time; its title is {@code T}. */
public record HostilePage(String name, String start, String again) {

    /** All pages. */
    public static List<HostilePage> all() {
        return List.of(
                new HostilePage("nested blocks", "<title>T</title>", "<div>"),
                new HostilePage("nested formatting", "<title>T</title>", "<b><i><u>"),
                new HostilePage("different formatting", "<title>T</title>", "<font a=1><font a=2><font a=3><p>"),
                new HostilePage("misnested formatting", "<title>T</title>", "<b><i><p></b></i>"),
                new HostilePage("misnested links", "<title>T</title>", "<a href=x><div>"),
                new HostilePage("nested tables", "<title>T</title>", "<table><tr><td>"),
                new HostilePage("text in a table", "<title>T</title><table>", "x<b>"),
                new HostilePage("nested drawings", "<title>T</title>", "<svg><title>"),
                new HostilePage("nested templates", "<title>T</title>", "<template>"),
                new HostilePage("nested lists", "<title>T</title>", "<ul><li>"),
                new HostilePage("nested forms", "<title>T</title>", "<form><select><option>"),
                new HostilePage("unopened ends", "<title>T</title>", "</p></b></div>"),
                new HostilePage("attributes of one element", "<title>T</title><p ", "a b=1 c='2' "),
                new HostilePage("one attribute", "<title>T</title><p class='", "x"),
                new HostilePage("brackets", "<title>T</title>", "<"),
                new HostilePage("comments", "<title>T</title>", "<!--"),
                new HostilePage("ampersands", "<title>T</title><!--x--><i hidden>", "&"),
                new HostilePage("entities", "<title>T</title><i hidden>", "&NotEqualTilde;&bigotimes"),
                new HostilePage("pictures", "<title>T</title>", "<img src='' width=9999 height=9999>"),
                new HostilePage("meta elements", "<title>T</title>", "<meta property=og:x content=>"),
                new HostilePage("links", "<title>T</title>", "<link rel=icon href=>"),
                new HostilePage("a refresh", "<title>T</title><meta http-equiv=refresh content='0", " "),
                new HostilePage("a link of blanks", "<title>T</title><link rel=icon href='x", " "),
                new HostilePage("a relation of blanks", "<title>T</title><link href=x rel='x", " "),
                new HostilePage("a broken script", "<title>T</title><script type=application/ld+json>", "["),
                new HostilePage("a script of numbers", "<title>T</title><script type=application/ld+json>", "9"),
                new HostilePage("a script of things", "<title>T</title><script type=application/ld+json>[", "{},"),
                new HostilePage("many scripts", "<title>T</title>", "<script type=application/ld+json>{}</script>"),
                new HostilePage("base addresses", "<title>T</title>", "<base href='//a.example/'>"),
                new HostilePage("zero bytes", "<title>T</title><i hidden>", "\0"));
    }

    /** The page, of at most {@code size} characters. */
    public String html(int size) {
        return start + again.repeat((size - start.length()) / again.length());
    }

    @Override
    public String toString() {
        return name;
    }
}
