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
 * The body of an answer without its content coding (RFC 9110, section 8.4). Nothing is unpacked that was not asked for:
 * either the body comes as it is, or, where that was offered, in exactly one layer of gzip.
 *
 * @param bytes what the server has to say
 * @param length in bytes, if the server says it of what is not packed
 * @param release gives back what the decoding holds
 */
record DecodedBody(InputStream bytes, OptionalLong length, Runnable release) {
    /** What servers send for no coding, of which only the first means that. */
    private static final Set<String> NO_CODING = Set.of("identity", "none", "utf-8", "utf8");

    private static final List<String> GZIP = List.of("gzip", "x-gzip"); // two names of one coding

    /**
     * The body of the answer to a request.
     *
     * @param entity null where there is no body
     * @param codings the values of {@code Content-Encoding}
     * @throws OutboundException of the kind {@link Kind#BAD_ANSWER} for a coding that was not offered
     */
    static DecodedBody of(@Nullable HttpEntity entity, List<String> codings, OutboundRequest request)
            throws IOException {
        if (entity == null) {
            return plain(InputStream.nullInputStream(), 0);
        }
        List<String> applied = codings.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !NO_CODING.contains(coding))
                .toList();
        if (applied.isEmpty()) {
            return plain(entity.getContent(), entity.getContentLength());
        }
        if (request.limits().compressed() && applied.size() == 1 && GZIP.contains(applied.get(0))) {
            GzipBody unpacked = new GzipBody(entity.getContent(), request.deadline());
            return new DecodedBody(unpacked, OptionalLong.empty(), unpacked::close);
        }
        throw new OutboundException(Kind.BAD_ANSWER, "the body is packed though nobody asked for that: " + codings);
    }

    private static DecodedBody plain(InputStream bytes, long length) {
        return new DecodedBody(bytes, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), () -> {});
    }
}
