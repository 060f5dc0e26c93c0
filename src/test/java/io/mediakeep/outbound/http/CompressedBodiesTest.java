package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies: as offered, otherwise, or to exhaust resources. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompressedBodiesTest extends OutboundFixture {
    private static final byte[] TEXT = "hello, world. ".repeat(1000).getBytes(StandardCharsets.UTF_8);

    /** A gzip header without optional fields. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};

    /** An empty deflate block with fixed codes, aligned to a byte by an empty stored block. */
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "identity, gzip"})
    void oneAcceptedContentCodingIsDecoded(String coding) throws Exception {
        try (RawServer server = compressed(coding, gzip(TEXT));
                OutboundResponse response = client.send(to(server).compressed())) {
            assertThat(server.heads().get(0)).contains("Accept-Encoding: gzip\r\n");
            assertThat(response.length()).isEmpty();
            assertThat(response.body().readAllBytes()).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "br", "zstd", "frob"})
    void unacceptedContentCodingsAreNotDecoded(String coding) throws Exception {
        try (RawServer server = compressed(coding, gzip(TEXT))) {
            assertKind(Kind.BAD_RESPONSE, () -> client.send(to(server)));
            assertThat(server.heads().get(0)).contains("Accept-Encoding: identity\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, gzip",
                "gzip\r\nContent-Encoding: gzip",
                "gzip, gzip, gzip, gzip, gzip",
                "deflate",
                "gzip, br",
                "frob"
            })
    void anUnacceptedContentCodingIsABadResponse(String codings) throws Exception {
        try (RawServer server = compressed(codings, gzip(gzip(TEXT)))) {
            assertKind(Kind.BAD_RESPONSE, () -> client.send(to(server).compressed()));
        }
    }

    @Test
    void endlessEmptyBlocksAreABadResponse() throws Exception {
        Script endless = (head, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n").send(HEADER);
            while (true) {
                connection.send(repeated(EMPTY_BLOCK, 1000));
            }
        };
        try (RawServer server = new RawServer(endless)) {
            assertKind(
                    Kind.BAD_RESPONSE, () -> client.read(to(server).compressed().maxBytes(Long.MAX_VALUE)));
        }
    }

    @Test
    void endlessEmptyMembersAreAnEmptyBody() throws Exception {
        try (RawServer server = compressed("gzip", repeated(gzip(new byte[0]), 100_000))) {
            assertThat(client.read(to(server).compressed())).isEmpty();
        }
    }

    @Test
    void anEndlessGzipHeaderIsABadResponse() throws Exception {
        byte[] named = Arrays.copyOf(HEADER, 100_000);
        named[3] = 1 << 3;
        Arrays.fill(named, HEADER.length, named.length, (byte) 'x');
        try (RawServer server = compressed("gzip", named)) {
            assertKind(Kind.BAD_RESPONSE, () -> client.read(to(server).compressed()));
        }
    }

    @Test
    void optionalFieldsOfAGzipHeaderAreSkipped() throws Exception {
        byte[] plain = gzip(TEXT);
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1f, (byte) 0x8b, 8, 0b11111, 1, 2, 3, 4, 5, 6});
        full.write(new byte[] {2, 0, 'e', 'x', 'n', 'a', 'm', 'e', 0, 'c', 0, 7, 7});
        full.write(plain, HEADER.length, plain.length - HEADER.length);
        try (RawServer server = compressed("gzip", full.toByteArray());
                OutboundResponse response = client.send(to(server).compressed())) {
            assertThat(response.body().readAllBytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void theDecodedSizeIsLimited() throws Exception {
        byte[] noise = new byte[600_000];
        new Random(22).nextBytes(noise);
        try (RawServer server = compressed("gzip", gzip(noise))) {
            assertKind(Kind.TOO_LARGE, () -> client.read(to(server).compressed().maxBytes(599_999)));
            assertThat(client.read(to(server).compressed().maxBytes(600_000))).hasSize(600_000);
            assertThat(client.read(to(server).compressed().truncateAt(1000))).hasSize(1000);
        }
    }

    @Test
    void aCompressionBombIsABadResponse() throws Exception {
        byte[] bomb = gzip(new byte[20_000_000]);
        try (RawServer server = compressed("gzip", bomb);
                OutboundResponse response = client.send(to(server).compressed().maxBytes(Long.MAX_VALUE))) {
            assertKind(Kind.BAD_RESPONSE, () -> response.body().transferTo(OutputStream.nullOutputStream()));
        }
        try (RawServer server = compressed("gzip", bomb)) {
            assertThat(client.read(to(server).compressed().truncateAt(1000))).hasSize(1000);
        }
    }

    @Test
    void aDamagedBodyIsNotATruncatedBody() throws Exception {
        byte[] damaged = gzip(TEXT);
        damaged[damaged.length - 6] ^= 1;
        for (byte[] body : new byte[][] {damaged, TEXT, {0x1f}}) {
            try (RawServer server = compressed("gzip", body)) {
                assertKind(Kind.BAD_RESPONSE, () -> client.read(to(server).compressed()));
            }
        }
    }

    @Test
    void aTruncatedGzipBodyYieldsWhatWasDecoded() throws Exception {
        byte[] whole = gzip(TEXT);
        for (int missing : new int[] {1, 8, whole.length / 2}) {
            try (RawServer server = compressed("gzip", Arrays.copyOf(whole, whole.length - missing))) {
                String came = client.read(to(server).compressed());
                assertThat(new String(TEXT, StandardCharsets.UTF_8)).startsWith(came);
            }
        }
    }

    @Test
    void anEmptyBodyMayHaveAContentCoding() throws Exception {
        try (RawServer server = compressed("gzip", new byte[0])) {
            assertThat(client.read(to(server).compressed())).isEmpty();
        }
    }

    @Test
    void aConnectionIsReusedAfterACompressedBody() throws Exception {
        byte[] body = gzip(TEXT);
        try (RawServer server = new RawServer((head, connection) -> connection
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + "Content-Length: " + body.length
                        + "\r\nX-Port: " + connection.socket().getPort() + "\r\n\r\n")
                .send(body))) {
            assertThat(portOfOneResponse(server)).isEqualTo(portOfOneResponse(server));
        }
    }

    private String portOfOneResponse(RawServer server) throws IOException {
        try (OutboundResponse response = client.send(to(server).compressed())) {
            response.body().readAllBytes();
            return response.header("X-Port").orElseThrow();
        }
    }

    private static RawServer compressed(String codings, byte[] body) throws IOException {
        return new RawServer((head, connection) -> connection
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: " + codings + "\r\n\r\n")
                .send(body)
                .close());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] piece, int count) {
        byte[] all = new byte[piece.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    private static OutboundRequest.Builder to(RawServer server) {
        return TestOutboundClient.to("http://127.0.0.1:" + server.port() + "/");
    }
}
