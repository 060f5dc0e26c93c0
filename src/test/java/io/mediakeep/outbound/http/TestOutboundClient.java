package io.mediakeep.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.Purpose;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The client, with 127.0.0.1 as the only address that is allowed in addition to public ones. */
public final class TestOutboundClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final OutboundClient client;

    public TestOutboundClient(TestResolver names) throws IOException {
        this(names, Optional.empty());
    }

    public TestOutboundClient(TestResolver names, Optional<Path> authority) throws IOException {
        client = new OutboundClient(new OutboundSettings(List.of(), List.of("127.0.0.1/32"), authority), names);
    }

    /** A request with a timeout that no test reaches. */
    public static OutboundRequest.Builder to(String url) {
        return to(url, TIMEOUT);
    }

    public static OutboundRequest.Builder to(String url, Duration timeout) {
        return OutboundRequest.to(URI.create(url), Purpose.PREVIEW, Deadline.in(timeout));
    }

    /** The response, which the test closes. */
    public OutboundResponse send(OutboundRequest.Builder request) throws OutboundException {
        return client.get(request.build());
    }

    /** The body, each byte as a character. */
    public String read(OutboundRequest.Builder request) throws IOException {
        try (OutboundResponse response = send(request)) {
            return new String(response.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    public static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind())
                                .as(failure.getMessage())
                                .isEqualTo(kind));
    }

    @Override
    public void close() {
        client.close();
    }
}
