package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Concurrently;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Large files, eight at once, through a heap of 128 MiB. */
abstract class SmallHeapContract extends SafetyContract {
    /** A build uses smaller files; {@code -Dmediakeep.large.mib=1024} is the long version. */
    private static final long SIZE = Long.getLong("mediakeep.large.mib", 24) << 20;

    /** A timeout for the long version on a slow disk: 8 GiB that are written twice. */
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    @Override
    List<String> jvmOptions() {
        return List.of("-Xmx128m");
    }

    @Override
    String configured() {
        return "uploads: {max-size: 2GiB}";
    }

    @Test
    void eightConcurrentLargeFilesAreServed() throws Exception {
        AtomicLong seed = new AtomicLong();
        List<Object> outcomes = Concurrently.run(8, () -> assertSameContent(seed.incrementAndGet()));
        assertThat(outcomes).containsOnly(true);
    }

    private boolean assertSameContent(long seed) throws Exception {
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        String mxc = Client.json(alice.send(alice.request("/_matrix/media/v3/upload")
                        .timeout(TIMEOUT)
                        .header("Content-Type", "video/mp4")
                        .POST(BodyPublishers.ofInputStream(() -> new DigestInputStream(new Noise(seed), sent)))))
                .getString("content_uri");
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server.url() + Client.legacyDownload(mxc)).toURL().openConnection();
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        try (InputStream body = new DigestInputStream(connection.getInputStream(), received)) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThat(connection.getContentLengthLong()).isEqualTo(SIZE);
        return HexFormat.of().formatHex(sent.digest()).equals(HexFormat.of().formatHex(received.digest()));
    }

    /** Bytes that were not stored before, generated cheaply. */
    private static final class Noise extends InputStream {
        private final byte[] block = new byte[64 << 10];
        private long left = SIZE;

        Noise(long seed) {
            new Random(seed).nextBytes(block);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(length, block.length), left);
            block[0]++;
            System.arraycopy(block, 0, into, offset, count);
            left -= count;
            return count;
        }
    }
}
