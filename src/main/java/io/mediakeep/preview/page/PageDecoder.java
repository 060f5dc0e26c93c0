package io.mediakeep.preview.page;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.XmlDeclaration;

/**
 * Decodes the bytes of a page. The encoding comes from a byte order mark, the Content-Type, the page's declaration, or
 * detection, in this order: valid UTF-8 is UTF-8, all else windows-1252 (HTML Standard, "Determining the character
 * encoding").
 */
public final class PageDecoder {
    /** How far into the page a declaration of the encoding is searched for. */
    private static final int PRESCAN_BYTES = 8 * 1024;

    /** How many bytes are tested for UTF-8. */
    private static final int SNIFF_BYTES = 256 * 1024;

    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([^\\s\"';]+)", Pattern.CASE_INSENSITIVE);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private PageDecoder() {}

    /** The text without a byte order mark; invalid bytes become U+FFFD. */
    public static String decode(byte[] bytes, Optional<String> contentType) {
        Optional<Charset> marked = byteOrderMark(bytes);
        Charset charset = marked.or(() -> contentType.flatMap(PageDecoder::named))
                .or(() -> declaredByPage(bytes))
                .orElseGet(() -> isUtf8(bytes) ? StandardCharsets.UTF_8 : WINDOWS_1252);
        String text = new String(bytes, charset);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Optional<Charset> byteOrderMark(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return switch (first) {
            case 0xfeff -> Optional.of(StandardCharsets.UTF_16BE);
            case 0xfffe -> Optional.of(StandardCharsets.UTF_16LE);
            case 0xefbb ->
                bytes.length > 2 && bytes[2] == (byte) 0xbf ? Optional.of(StandardCharsets.UTF_8) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Charset> named(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        return charset.find() ? EncodingLabels.find(charset.group(1)) : Optional.empty();
    }

    /** A declaration of UTF-16 that can be read as ASCII is wrong, and means UTF-8 (HTML Standard, same section). */
    private static Optional<Charset> declaredByPage(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, PRESCAN_BYTES), StandardCharsets.ISO_8859_1);
        Document page = Jsoup.parse(start);
        Stream<Charset> metas = page.select("meta").stream().flatMap(meta -> declared(meta).stream());
        return Stream.concat(metas, xmlDeclaration(page).stream())
                .findFirst()
                .map(declared -> declared.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : declared);
    }

    private static Optional<Charset> declared(Element meta) {
        if (meta.hasAttr("charset")) {
            return EncodingLabels.find(meta.attr("charset"));
        }
        return meta.attr("http-equiv").equalsIgnoreCase("content-type")
                ? named(meta.attr("content"))
                : Optional.empty();
    }

    private static Optional<Charset> xmlDeclaration(Document page) {
        if (page.childNodeSize() > 0 && page.childNode(0) instanceof Comment first && first.isXmlDeclaration()) {
            XmlDeclaration declaration = first.asXmlDeclaration();
            return declaration == null ? Optional.empty() : EncodingLabels.find(declaration.attr("encoding"));
        }
        return Optional.empty();
    }

    /** Whether the bytes are valid UTF-8; a truncated character at the end is not an error. */
    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, SNIFF_BYTES)));
        CharBuffer out = CharBuffer.allocate(8 * 1024);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, false);
        }
        return !result.isError();
    }
}
