package io.mediakeep.app.http;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;

/**
 * Reads chunked requests by {@link ChunkedBody}, and writes chunked answers as Grizzly does. Grizzly's own reading takes
 * a missing size for the last chunk, skips anything after a chunk's data up to the next LF, and refuses extensions.
 */
final class StrictChunkedEncoding implements TransferEncoding {
    private static final Attribute<ChunkedBody> BODY =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("io.mediakeep.chunked-body", ChunkedBody::new);

    private final TransferEncoding answers;

    StrictChunkedEncoding(int longestHead) {
        this.answers = new ChunkedTransferEncoding(longestHead);
    }

    @Override
    public boolean wantDecode(HttpHeader request) {
        return request.isChunked();
    }

    @Override
    public ParsingResult parsePacket(FilterChainContext context, HttpHeader request, Buffer input) {
        return BODY.get(request).read(request, input);
    }

    @Override
    public boolean wantEncode(HttpHeader answer) {
        return answers.wantEncode(answer);
    }

    @Override
    public void prepareSerialize(FilterChainContext context, HttpHeader answer, HttpContent content) {
        answers.prepareSerialize(context, answer, content);
    }

    @Override
    public Buffer serializePacket(FilterChainContext context, HttpContent content) {
        return answers.serializePacket(context, content);
    }
}
