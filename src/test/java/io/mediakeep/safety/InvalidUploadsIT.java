package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.server.RawConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploads that are truncated, declare a wrong length, or are rejected leave nothing behind. */
class InvalidUploadsIT extends SafetyContract {
    private static final String UPLOAD = "/_matrix/media/v3/upload";
    private static final int MIB = 1 << 20;

    @Override
    String configured() {
        return "uploads: {max-size: 1MiB, denied-types: ['video/*']}";
    }

    @AfterEach
    void assertNothingLeft() throws Exception {
        assertSpoolEmpty();
        assertThat(StoredData.files(directory.resolve("data/blobs"))).isZero();
    }

    @Test
    void aBodyShorterThanItsContentLengthIsRejected() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection
                    .send(head("POST", UPLOAD) + "Content-Length: 1000\r\n\r\nshort")
                    .endOutput();
            assertThat(connection.head()).doesNotStartWith("HTTP/1.1 2");
        }
    }

    @Test
    void anAbortedUploadLeavesNothing() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection
                    .send(head("POST", UPLOAD) + "Content-Length: 1000000\r\n\r\n")
                    .send(new byte[500_000]);
        }
    }

    @Test
    void aTruncatedChunkLeavesNothing() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection
                    .send(head("POST", UPLOAD) + "Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nnonsense\r\n")
                    .endOutput();
            assertThat(connection.head()).doesNotStartWith("HTTP/1.1 2");
        }
    }

    @Test
    void aTooLargeContentLengthIsRejected() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(head("POST", UPLOAD) + "Content-Length: 1048577\r\n\r\n");
            assertThat(connection.status()).isEqualTo(413);
        }
    }

    @Test
    void aTooLargeChunkedBodyIsRejectedWithAResponse() throws Exception {
        byte[] large = new byte[MIB + 1];
        HttpResponse<byte[]> response =
                alice.upload(BodyPublishers.ofByteArrays(List.of(large)), "image/png", "cat.png");
        assertThat(Client.error(response)).isEqualTo("413 M_TOO_LARGE");
    }

    @Test
    void aDeniedTypeLeavesNothing() throws Exception {
        assertThat(Client.error(alice.upload(new byte[10], "Video/MP4", "cat.mp4")))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void formsAndContentCodingsAreRejected() throws Exception {
        assertThat(alice.upload(new byte[10], "multipart/form-data; boundary=x", "cat")
                        .statusCode())
                .isEqualTo(415);
        assertThat(alice.send(alice.request(UPLOAD)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void anInvalidContentLengthIsRejected() throws Exception {
        for (String length : new String[] {"-1", "cat", "99999999999999999999", "5, 6", "0x5"}) {
            try (RawConnection connection = new RawConnection(server.url())) {
                connection
                        .send(head("POST", UPLOAD) + "Content-Length: " + length + "\r\n\r\nshort")
                        .endOutput();
                assertThat(connection.head()).doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 5");
            }
        }
    }
}
