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
 * Parses chunked requests with {@link ChunkedBody}, and writes chunked responses as Grizzly does. Grizzly's parser
 * accepts a missing size as the last chunk, skips anything after a chunk's data up to the next LF, and rejects
 * extensions.
 */
final class StrictChunkedEncoding implements TransferEncoding {
    private static final Attribute<ChunkedBody> BODY =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("io.mediakeep.chunked-body", ChunkedBody::new);

    private final TransferEncoding responses;

    StrictChunkedEncoding(int maxHead) {
        this.responses = new ChunkedTransferEncoding(maxHead);
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
    public boolean wantEncode(HttpHeader response) {
        return responses.wantEncode(response);
    }

    @Override
    public void prepareSerialize(FilterChainContext context, HttpHeader response, HttpContent content) {
        responses.prepareSerialize(context, response, content);
    }

    @Override
    public Buffer serializePacket(FilterChainContext context, HttpContent content) {
        return responses.serializePacket(context, content);
    }
}
