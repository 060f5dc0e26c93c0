package io.mediakeep.preview.page;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** The first paragraphs of a page's content, without navigation and other elements that every page of a site has. */
final class BodyText {
    /** Paragraphs are added until there are so many characters. */
    private static final int TARGET_LENGTH = 200;

    /** The maximum number of nodes that are visited. */
    private static final int MAX_NODES = 20_000;

    private static final String PARAGRAPH = "\n\n";
    private static final Set<String> EXCLUDED_ELEMENTS = Set.of(
            "header",
            "nav",
            "aside",
            "footer",
            "script",
            "noscript",
            "style",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "video",
            "audio",
            "canvas",
            "img",
            "picture",
            "form",
            "button",
            "select",
            "textarea",
            "dialog",
            "title",
            "figcaption");
    private static final Set<String> EXCLUDED_ROLES = Set.of(
            "navigation",
            "banner",
            "complementary",
            "contentinfo",
            "search",
            "dialog",
            "alert",
            "directory",
            "menu",
            "menubar",
            "toolbar",
            "tablist");
    private static final String MAIN = "main, [role=main], article";

    private BodyText() {}

    /**
     * The text, at most {@value PreviewMetadata#MAX_DESCRIPTION} characters; empty when the page has none.
     *
     * @param title a paragraph that repeats the title is left out
     */
    static String of(Document page, String title) {
        Element main = page.selectFirst(MAIN);
        String text = main == null ? "" : read(main, title);
        return text.isEmpty() ? read(page.body(), title) : text;
    }

    private static String read(Element root, String title) {
        TextCollector collector = new TextCollector(title);
        root.filter(collector);
        collector.endParagraph();
        return PlainText.cut(collector.text.toString(), PreviewMetadata.MAX_DESCRIPTION);
    }

    private static boolean isExcluded(Element element) {
        return EXCLUDED_ELEMENTS.contains(element.normalName())
                || EXCLUDED_ROLES.contains(element.attr("role").strip().toLowerCase(Locale.ROOT))
                || element.hasAttr("hidden")
                || element.attr("aria-hidden").equals("true");
    }

    /** Visits each node once, and collects no more text than can be shown. */
    private static final class TextCollector implements NodeFilter {
        private final String title;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder paragraph = new StringBuilder();
        private int nodes;

        TextCollector(String title) {
            this.title = title;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (++nodes > MAX_NODES || text.length() >= TARGET_LENGTH) {
                return FilterResult.STOP;
            }
            if (node instanceof TextNode words) {
                add(words.getWholeText());
            } else if (node instanceof Element element) {
                breakAt(element);
                return depth > 0 && isExcluded(element) ? FilterResult.SKIP_CHILDREN : FilterResult.CONTINUE;
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                breakAt(element);
            }
            return FilterResult.CONTINUE;
        }

        private void add(String words) {
            int room = PreviewMetadata.MAX_DESCRIPTION + 1 - paragraph.length();
            if (room > 0) {
                paragraph.append(startsBlank(words) ? " " : "").append(PlainText.line(words, room + 1));
                paragraph.append(endsBlank(words) ? " " : "");
            }
        }

        private void breakAt(Element element) {
            if (element.isBlock() || element.normalName().equals("br")) {
                endParagraph();
            }
        }

        void endParagraph() {
            String words = PlainText.line(paragraph.toString(), PreviewMetadata.MAX_DESCRIPTION + 1);
            paragraph.setLength(0);
            if (!words.isEmpty() && !words.equals(title)) {
                text.append(text.isEmpty() ? "" : PARAGRAPH).append(words);
            }
        }

        private static boolean startsBlank(String words) {
            return !words.isEmpty() && PlainText.isBlank(words.charAt(0));
        }

        private static boolean endsBlank(String words) {
            return !words.isEmpty() && PlainText.isBlank(words.charAt(words.length() - 1));
        }
    }
}
