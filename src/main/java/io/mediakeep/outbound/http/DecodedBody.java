package io.mediakeep.outbound.http;

import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response without its content coding (RFC 9110, section 8.4). Only a coding that was offered is decoded:
 * the body is either identity, or, where that was offered, exactly one layer of gzip.
 *
 * @param bytes the decoded bytes
 * @param length in bytes, if it is declared and there is no coding
 * @param release frees what the decoder holds
 */
record DecodedBody(InputStream bytes, OptionalLong length, Runnable release) {
    /** Values that servers send for no coding, of which only the first is valid. */
    private static final Set<String> NO_CODING = Set.of("identity", "none", "utf-8", "utf8");

    private static final List<String> GZIP = List.of("gzip", "x-gzip"); // two names of one coding

    /**
     * The body of the response to a request.
     *
     * @param entity null where there is no body
     * @param codings the values of {@code Content-Encoding}
     * @throws OutboundException of the kind {@link Kind#BAD_RESPONSE} for a coding that was not offered
     */
    static DecodedBody of(@Nullable HttpEntity entity, List<String> codings, OutboundRequest request)
            throws IOException {
        if (entity == null) {
            return identity(InputStream.nullInputStream(), 0);
        }
        List<String> applied = codings.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !NO_CODING.contains(coding))
                .toList();
        if (applied.isEmpty()) {
            return identity(entity.getContent(), entity.getContentLength());
        }
        if (request.limits().compressed() && applied.size() == 1 && GZIP.contains(applied.get(0))) {
            GzipBody decoded = new GzipBody(entity.getContent(), request.deadline());
            return new DecodedBody(decoded, OptionalLong.empty(), decoded::close);
        }
        throw new OutboundException(
                Kind.BAD_RESPONSE, "the body has a content coding that was not offered: " + codings);
    }

    private static DecodedBody identity(InputStream bytes, long length) {
        return new DecodedBody(bytes, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), () -> {});
    }
}
